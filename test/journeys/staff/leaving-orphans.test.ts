import { expect, test } from 'vitest'
import { orphanAlarms } from '#features/families/orphans.ts'
import { keyOf } from '#test/support/api.ts'
import { openWithFamily } from '#test/support/family.ts'
import { operatorOf } from '#test/support/operator.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { planVisit } from '#test/support/visits.ts'

const taken = { timeout: 20_000 }

test('a visit in a family whose curator has left before goes to somebody who works here, and stops nothing else', async () => {
  const { world, key, curatorId, path } = await openWithFamily()
  const { prisma } = world.database
  // Nobody can take the family: it is still hers on paper.
  expect((await key.post(`/staff/${curatorId}/leave`, { handOverTo: 'evenly' })).status).toBe(200)
  await world.staff('Мария', ['oktyabrsky'], 'curator')
  const maria = await staffIdOf(world, 'Мария')
  await planVisit({ key, path }, { startsAt: '2026-12-01T10:00:00Z', staffId: maria })
  const body = { territory: 'oktyabrsky', curatorId: maria, level: 'crisis', stage: 'activities' }
  for (let nth = 0; nth < 3; nth += 1) expect((await key.post('/families', body)).status).toBe(201)
  await world.staff('Светлана', ['oktyabrsky', 'leninsky'], 'curator')
  const svetlana = await staffIdOf(world, 'Светлана')
  expect((await key.post(`/staff/${maria}/leave`, { handOverTo: svetlana })).status).toBe(200)
  await expect.poll(() => prisma.family.count({ where: { curatorId: svetlana } }), taken).toBe(3)
  await expect.poll(() => prisma.visit.count({ where: { staffId: svetlana } }), taken).toBe(1)
})

test('whoever was to take over has left meanwhile: it goes to those who are there', async () => {
  const { world, curatorId } = await openWithFamily()
  const { prisma } = world.database
  await world.staff('Мария', ['leninsky'], 'curator')
  await world.staff('Галина', ['leninsky'], 'curator')
  const [maria, galina] = [await staffIdOf(world, 'Мария'), await staffIdOf(world, 'Галина')]
  const operator = await operatorOf(world)
  await operator.command({ name: 'staff-leave', staffId: maria, to: 'evenly' })
  await operator.runs('hand-over', { staffId: curatorId, to: maria })
  expect(await prisma.family.count({ where: { curatorId: galina } })).toBe(1)
})

test('a key learns nothing of what a leaver had beyond its territories', async () => {
  const { world, key, path } = await openWithFamily()
  await world.staff('Мария', ['oktyabrsky'], 'curator')
  const maria = await staffIdOf(world, 'Мария')
  expect((await key.patch(path, { curatorId: maria }, { 'if-match': '*' })).status).toBe(200)
  const limited = await keyOf(world, { territories: ['oktyabrsky'] })
  expect((await limited.get(`/staff/${maria}/work`)).body).toMatchObject({ families: [] })
  const left = await limited.post(`/staff/${maria}/leave`, { handOverTo: 'evenly' })
  expect([left.status, left.body]).toMatchObject([200, { families: [] }])
})

test('a supervisor plans and makes the visit of a family whose curator has left', async () => {
  const { world, key, curatorId, familyId, supervisor } = await openWithFamily()
  expect((await key.post(`/staff/${curatorId}/leave`, { handOverTo: 'evenly' })).status).toBe(200)
  await expect.poll(() => supervisor.allText()).toMatch(/никто не занимается/)
  // Back from the list leads to the colleagues, not to what was left unfinished before.
  await supervisor.play([
    ['/start', 'home'],
    ['Сотрудники', 'colleagues'],
    ['Кем никто не занимается', 'orphans'],
    ['‹ Назад', 'colleagues'],
  ])
  await supervisor.byHand(`-.f-visit-new.${familyId}`)
  await supervisor.play([
    [{ words: 'чт 15:00' }, /26 ноября, в 15:00/],
    ['Назначить визит', /Визит назначен/],
  ])
  const staffId = await staffIdOf(world, 'Елена')
  expect(await world.database.prisma.visit.findMany()).toMatchObject([{ staffId }])
})

test('a family does not go back to whom a child is afraid of, though she has the fewest', async () => {
  const { world, key, path, familyId, member } = await openWithFamily()
  const dasha = await member('minor', 'Даша')
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'боюсь Ирину' }, /Ирина этого не видит/],
  ])
  await world.staff('Галина', ['leninsky'], 'curator')
  await world.staff('Мария', ['leninsky'], 'curator')
  const [galina, maria] = [await staffIdOf(world, 'Галина'), await staffIdOf(world, 'Мария')]
  expect((await key.patch(path, { curatorId: galina }, { 'if-match': '*' })).status).toBe(200)
  const body = { territory: 'leninsky', curatorId: maria, level: 'crisis', stage: 'activities' }
  expect((await key.post('/families', body)).status).toBe(201)
  const operator = await operatorOf(world)
  await operator.command({ name: 'staff-leave', staffId: galina, to: 'evenly' })
  const family = () => world.database.prisma.family.findUniqueOrThrow({ where: { id: familyId } })
  await expect.poll(async () => (await family()).curatorId, taken).not.toBe(galina)
  expect((await family()).curatorId).toBe(maria)
})

test('a curator is ill on the day of a visit: supervisors learn at once that nobody comes, and no more once it is mended', async () => {
  const { world, key, curatorId, supervisor, path } = await openWithFamily()
  const visit = await planVisit({ key, path }, { startsAt: '2026-11-26T10:00:00Z' })
  const absence = { from: '2026-11-26T05:00:00Z', until: '2026-11-27T20:00:00Z' }
  const made = await key.post(`/staff/${curatorId}/absences`, absence)
  expect(made.status).toBe(201)
  await expect
    .poll(() => supervisor.allText(), { timeout: 30_000 })
    .toMatch(/1 визит, на который некому прийти/)
  const evenly = [
    ['Поровну', /Раздать поровну/],
    ['Передать', /Передать некому: 1|Передано: 1/],
  ] as const
  await supervisor.byHand('-.orphans.')
  // Giving it to the one who is ill would mend nothing.
  await supervisor.play(evenly)
  expect(supervisor.text()).toMatch(/Передать некому: 1/)
  await world.staff('Мария', ['leninsky'], 'curator')
  await supervisor.play(evenly)
  expect(supervisor.text()).toMatch(/Передано: 1[\s\S]*Таких семей и визитов сейчас нет/)
  const { prisma } = world.database
  const staffId = await staffIdOf(world, 'Мария')
  expect(await prisma.visit.findUnique({ where: { id: visit.id } })).toMatchObject({ staffId })
  expect(await prisma.family.findFirst()).toMatchObject({ curatorId })
  expect(await orphanAlarms(world.database, world.clock.now())).toEqual([])
})
