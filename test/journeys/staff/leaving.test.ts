import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { operatorOf } from '#test/support/operator.ts'
import { problem, staffIdOf } from '#test/support/submitted.ts'
import { codeOn, planVisit, told } from '#test/support/visits.ts'
import { openWorld } from '#test/support/world.ts'

test('a curator leaves: families and visits go on, each family is told once, nobody reads the old name', async () => {
  const { world, key, curator, curatorId, path, familyId, member, another } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const second = await another()
  await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z' })
  await planVisit({ key, path }, { startsAt: '2026-12-08T10:00:00Z' })
  await planVisit({ key, path: second }, { startsAt: '2026-12-02T10:00:00Z' })
  await world.staff('Мария', ['leninsky'], 'curator')
  await world.staff('Светлана', ['oktyabrsky'], 'curator')
  const before = await key.get(`/staff/${curatorId}/work`)
  expect(before.body).toMatchObject({ requests: [], uncovered: [] })
  expect((before.body as { families: string[] }).families).toHaveLength(2)
  expect((before.body as { visits: string[] }).visits).toHaveLength(3)

  const pushesBefore = olga.messages().length
  const left = await key.post(`/staff/${curatorId}/leave`, { handOverTo: 'evenly' })
  expect([left.status, left.body]).toEqual([200, before.body])
  const maria = await staffIdOf(world, 'Мария')
  const { prisma } = world.database
  await expect.poll(() => prisma.family.count({ where: { curatorId: maria } })).toBe(2)
  await expect.poll(() => prisma.visit.count({ where: { staffId: maria } })).toBe(3)
  await expect.poll(() => olga.messages().length).toBeGreaterThan(pushesBefore)
  const kinds = async () =>
    (await prisma.push.findMany({ where: { familyId } }))
      .map(({ kind }) => kind)
      .filter((kind) => kind !== 'visit-new')
  expect((await kinds()).toSorted()).toEqual(['curator', 'visit-moved'])
  await olga.play([['/menu', 'home']])
  expect(olga.text()).not.toContain('Ирина')

  // No access from now on; the links of before open nothing.
  await curator.say('/menu')
  expect(curator.text()).not.toMatch(/семь[яи] № /i)
  expect((await key.get(`/staff/${curatorId}/work`)).body).toEqual({
    requests: [],
    families: [],
    visits: [],
    uncovered: [],
  })
})

test('nobody can take them: supervisors are told each working morning until it is mended', async () => {
  const { world, key, curatorId, supervisor, path } = await openWithFamily()
  await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z' })
  const left = await key.post(`/staff/${curatorId}/leave`, { handOverTo: 'evenly' })
  expect(left.body).toMatchObject({ uncovered: ['leninsky'] })
  const alarm = /никто не занимается[\s\S]*1 семья без куратора, 1 визит, на который некому прийти/
  await expect.poll(() => supervisor.allText()).toMatch(alarm)
  const alarms = () => supervisor.allText().split('никто не занимается').length - 1
  const operator = await operatorOf(world)
  await operator.runs('orphans-daily', {}, 'orphans')
  await expect.poll(alarms).toBe(2)
  // Saturday.
  world.clock.set('2026-11-28T07:00:00Z')
  await operator.runs('orphans-daily', {}, 'orphans')
  expect(alarms()).toBe(2)

  await world.staff('Мария', ['leninsky'], 'curator')
  const again = await key.post(`/staff/${curatorId}/leave`, { handOverTo: await staffIdOf(world, 'Мария') })
  expect(again.status).toBe(200)
  const { prisma } = world.database
  const maria = await staffIdOf(world, 'Мария')
  await expect.poll(() => prisma.visit.count({ where: { staffId: maria } })).toBe(1)
  world.clock.set('2026-11-30T07:00:00Z')
  await operator.runs('orphans-daily', {}, 'orphans')
  expect(alarms()).toBe(2)
})

test('a specialist leaves by the command line: a claimed request goes to a colleague, and the family is told', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = world.person()
  const number = await submitAsParent(olga)
  await expect.poll(() => anna.text()).toContain(number)
  await anna.tap('Взять')
  const vera = await world.staff('Вера', ['leninsky'])
  const operator = await operatorOf(world)
  const staffId = await staffIdOf(world, 'Анна')
  expect(await operator.command({ name: 'staff-work', staffId })).toEqual([
    'requests\t1',
    'families\t0',
    'visits ahead\t0',
  ])
  const refused = operator.command({ name: 'staff-leave', staffId, to: staffId })
  await expect(refused).rejects.toThrow(/active colleague/)
  const toIntake = operator.command({ name: 'staff-leave', staffId, to: await staffIdOf(world, 'Вера') })
  await expect(toIntake).rejects.toThrow(/intake specialist takes no families/)
  await operator.command({ name: 'staff-leave', staffId, to: 'evenly' })
  await expect.poll(() => vera.allText()).toContain(number)
  await expect.poll(() => olga.allText().split('У вас новое сообщение').length).toBe(3)
  await olga.play([['/status', /Прочитает Вера/]])
  const request = await world.database.prisma.request.findUniqueOrThrow({ where: { number } })
  expect(request.assignedToId).toBe(await staffIdOf(world, 'Вера'))
  await expect(operator.command({ name: 'staff-lost-phone', staffId })).rejects.toThrow(/do not work here/)
})

test('a lost phone: the old account is nobody’s, its cards are taken back, and a new one reads on', async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const vera = await world.staff('Вера', ['leninsky'], 'intake', { capacity: 0 })
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.text()).toContain(number)
  const key = await keyOf(world)
  const id = await staffIdOf(world, 'Анна')
  const made = await key.post(`/staff/${id}/lost-phone`)
  expect(made).toMatchObject({ status: 201, body: { link: expect.stringContaining('start=s_') } })
  await expect.poll(() => anna.messages().some(({ text }) => text?.includes(number))).toBe(false)
  await anna.say('/queue')
  expect(anna.text()).not.toContain(number)
  // Whoever is there reads on at once: a link may be opened tomorrow.
  await expect.poll(() => vera.allText()).toContain(number)

  const phone = world.person({ firstName: 'Анна' })
  await phone.start(new URL((made.body as { link: string }).link).searchParams.get('start') ?? '')
  await phone.say('/queue')
  expect(phone.allText()).toContain(number)
})

test('a lost phone: the door codes that stand in it are not those that the family sees from now on', async () => {
  const { key, curator, curatorId, supervisor, path, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const visit = await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z' })
  // The news of it must not come after the card.
  await told(curator, /Вам назначен визит/)
  await curator.byHand(`-.f-visit.${visit.id}`)
  const lost = codeOn(curator)
  expect(lost).toMatch(/^\d{4}$/)
  await olga.byHand(`-.visit.${visit.id}`)
  expect(codeOn(olga)).toBe(lost)
  expect((await key.post(`/staff/${curatorId}/lost-phone`)).status).toBe(201)
  // There is no other curator, and nobody reads that this visit is tomorrow.
  await told(supervisor, /1 визит, на который некому прийти/)
  await expect
    .poll(
      async () => {
        await olga.byHand(`-.visit.${visit.id}`)
        return codeOn(olga)
      },
      { timeout: 20_000 },
    )
    .not.toBe(lost)
})

test('a key that does not reach all territories of a member can neither end their work nor their account', async () => {
  const { world, curatorId } = await openWithFamily()
  const key = await keyOf(world, { territories: ['oktyabrsky'] })
  for (const route of ['leave', 'lost-phone'])
    expect(
      await key.post(
        `/staff/${curatorId}/${route}`,
        route === 'leave' ? { handOverTo: 'evenly' } : undefined,
      ),
    ).toMatchObject(problem('not-found', 404))
  expect(await key.get(`/staff/${curatorId}/work`)).toMatchObject(problem('not-found', 404))
  const own = await keyOf(world)
  const nobody = '018f3a5e-0000-7000-8000-000000000000'
  expect(await own.post(`/staff/${curatorId}/leave`, { handOverTo: nobody })).toMatchObject(
    problem('not-eligible', 409),
  )
})
