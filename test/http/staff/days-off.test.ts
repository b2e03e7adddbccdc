import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { examineDatabase } from '#control/doctor/examine-database.ts'
import { addCentreDay, withCentreDays } from '#features/deadlines/centre-days.ts'
import { plainDay } from '#features/deadlines/days.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { region } from '#regions/index.ts'
import { createSealer } from '#storage/seal.ts'
import { testKeys } from '#test/support/accounts.ts'
import { keyOf } from '#test/support/api.ts'
import { operatorOf } from '#test/support/operator.ts'
import { problem, staffIdOf } from '#test/support/submitted.ts'
import { openWorld, type World } from '#test/support/world.ts'

const act = 'Приказ центра № 5'

test('a day off of the centre moves the terms that are open, and its removal moves them back', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const near = await keyOf(world, { territories: ['leninsky'] })
  const { runs } = await operatorOf(world)
  const { prisma } = world.database
  const now = world.clock.now()
  const had = { region: 'stavropol', territory: 'leninsky', level: 'basic', stage: 'ipss' }
  const id = randomUUID()
  await prisma.family.create({
    data: { id, ...had, appliedAt: now, createdAt: now, safetyCopied: true },
  })
  const due = async () => {
    await runs('late-notices', {}, 'recount-terms')
    const terms = await prisma.caseTerm.findMany({ where: { familyId: id, code: 'ipss', replacedAt: null } })
    return terms.map(({ dueOn }) => dueOn.toISOString().slice(0, 10))
  }
  const [before] = await due()
  expect(before).toBe('2026-12-08')

  const body = { day: '2026-12-03', kind: 'off', act }
  expect(await near.post('/days-off', body)).toMatchObject(problem('not-allowed', 409))
  const added = await key.post('/days-off', body)
  expect(added).toMatchObject({ status: 201, body })
  expect(await key.post('/days-off', body)).toMatchObject(problem('already-open', 409))
  await expect.poll(due, { timeout: 30_000, interval: 500 }).toEqual(['2026-12-09'])
  expect(await prisma.caseTerm.count({ where: { familyId: id, replacedAt: { not: null } } })).toBeGreaterThan(
    0,
  )

  expect((await near.get('/days-off')).body).toMatchObject({ items: [body] })
  const { id: dayId } = added.body as { id: string }
  expect((await key.delete(`/days-off/${dayId}`)).status).toBe(204)
  expect(await key.delete(`/days-off/${dayId}`)).toMatchObject(problem('not-found', 404))
  await expect.poll(due, { timeout: 30_000, interval: 500 }).toEqual(['2026-12-08'])
  expect(await prisma.auditEntry.count({ where: { action: 'calendar.changed' } })).toBe(2)
})

test('what the calendar says already, and days too far, are refused; supervisors add days, others do not', async () => {
  const world = await openWorld()
  const key = await keyOf(world)
  const add = (day: string, kind: string) => key.post('/days-off', { day, kind, act })
  expect(await add('2026-12-06', 'off')).toMatchObject(problem('already-open', 409))
  expect(await add('2026-12-07', 'working')).toMatchObject(problem('already-open', 409))
  expect(await add('2025-12-05', 'off')).toMatchObject(problem('invalid-input', 422))
  expect(await add('2029-01-10', 'off')).toMatchObject(problem('invalid-input', 422))
  expect(await add('2026-02-30', 'off')).toMatchObject(problem('invalid-input', 422))
  expect(await add('2026-12-05', 'working')).toMatchObject({ status: 201 })

  for (const [name, role] of [
    ['Нина', 'supervisor'],
    ['Анна', 'intake'],
  ] as const) {
    await world.staff(name, ['leninsky'], role)
    const staff = await world.database.prisma.staffMember.findUniqueOrThrow({
      where: { id: await staffIdOf(world, name) },
    })
    const given = {
      day: '2026-12-10',
      kind: 'off',
      act,
      now: world.clock.now(),
      region: region('stavropol'),
    } as const
    const adding = world.database.transaction((tx) =>
      addCentreDay(tx, { ...given, by: { staff: { ...staff, role } } }),
    )
    if (role === 'intake') await expect(adding).rejects.toMatchObject({ code: 'not-allowed' })
    else expect(await adding).toMatchObject({ day: '2026-12-10' })
  }
})

const lackOf = async (world: World) => {
  const { database, config, clock } = world
  const asked = { database, config, sealer: createSealer(testKeys), region: region('crimea'), now: clock.now }
  const checked = await examineDatabase(asked)
  return checked.find(({ check }) => check === 'calendar')?.findings.map(({ code }) => code)
}

test('the doctor misses the act of a year until the centre has added a day of it', async () => {
  const world = await openWorld({
    region: 'crimea',
    at: '2027-02-01T09:00:00Z',
    noise: ['calendar.incomplete'],
  })
  const { command } = await operatorOf(world)
  expect(await lackOf(world)).toEqual(['calendar.region-missing'])
  const added = await command({ name: 'days-off-add', day: '2027-03-10', act, working: false })
  expect(added[0]).toBe(`Added 2027-03-10: a day off, ${act}`)
  expect(await lackOf(world)).toEqual([])
  expect(await command({ name: 'days-off-list' })).toEqual([`2027-03-10\toff\t${act}`])
  await expect(command({ name: 'days-off-add', day: '2027-03-10', act, working: false })).rejects.toThrow(
    /says so already/,
  )
  await command({ name: 'days-off-remove', day: '2027-03-10' })
  await expect(command({ name: 'days-off-remove', day: '2027-03-10' })).rejects.toThrow(/has not added/)
  expect(await lackOf(world)).toEqual(['calendar.region-missing'])
})

test('a day of the centre goes before those of the region and of the country', () => {
  const { daysOff } = region('stavropol')
  const is = (day: string, days: Parameters<typeof withCentreDays>[1]) =>
    isWorkingDay(plainDay(day), { daysOff: withCentreDays(daysOff, days) })
  const one = (day: string, kind: 'off' | 'working') => [{ id: '1', day, kind, act }]
  expect(is('2027-05-10', [])).toBe(false)
  expect(is('2027-05-10', one('2027-05-10', 'working'))).toBe(true)
  expect(is('2025-04-26', [])).toBe(true)
  expect(is('2025-04-26', one('2025-04-26', 'off'))).toBe(false)
  expect(is('2025-04-30', one('2025-04-30', 'working'))).toBe(true)
  // Joined with what was joined before, only the present days hold.
  const before = withCentreDays(daysOff, one('2027-06-01', 'off'))
  expect(isWorkingDay(plainDay('2027-06-01'), { daysOff: withCentreDays(before, []) })).toBe(true)
})
