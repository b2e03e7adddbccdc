import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { openDesk } from '#test/support/pushes.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { planVisit, told } from '#test/support/visits.ts'

const refused = /Срочно. Семья № \d+: код у двери не назвали/

test('a refused door code always reaches somebody other than the visitor', async () => {
  const family = await openWithFamily()
  const { world, supervisor } = family
  const nina = await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  const anna = await world.staff('Анна', ['leninsky'])
  const olga = await family.member('parent', 'Ольга')
  const refuse = async (staffId: string, startsAt: string) => {
    const visit = await planVisit(family, { staffId, startsAt })
    world.clock.set(startsAt)
    await olga.byHand(`-.visit.${visit.id}`)
    await olga.play([['Код не назвали', /Не открывайте дверь/]])
  }
  await refuse(await staffIdOf(world, 'Елена'), '2026-11-25T08:00:00Z')
  // Territory first: intake of the territory gets the card, and a supervisor elsewhere hears only that it waits.
  await told(anna, refused)
  await told(nina, /семья ждёт, а руководителя её района сейчас нет/)
  expect(supervisor.allText()).not.toMatch(refused)
  expect(nina.allText()).not.toMatch(/Семья №|код у двери/)

  // The supervisor of the territory is unreachable: the card goes on to intake, once.
  world.telegram.block(supervisor.id)
  await refuse(family.curatorId, '2026-11-25T10:00:00Z')
  await expect.poll(() => anna.allText().match(new RegExp(refused, 'g'))).toHaveLength(2)
  await told(nina, /семья ждёт/)
})

test('while everybody of a territory is away, nobody elsewhere reads, and a supervisor elsewhere is told', async () => {
  const family = await openWithFamily()
  const { world, key, curatorId, familyId } = family
  const nina = await world.staff('Нина', ['oktyabrsky'], 'supervisor')
  const dasha = await family.member('minor', 'Даша')
  await key.call('PUT', '/alarming-words', { body: { words: ['умереть'] } })
  const away = { from: '2026-11-25T00:00:00Z', until: '2026-12-25T00:00:00Z' }
  for (const id of [curatorId, await staffIdOf(world, 'Елена')])
    expect(await key.post(`/staff/${id}/absences`, away)).toMatchObject({ status: 201 })

  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Хочется умереть' }, /отправлено/],
  ])
  await told(nina, /семья ждёт, а руководителя её района сейчас нет/)
  for (const way of ['thread', 'f-plan', 'f-card', 'f-names']) {
    await nina.byHand(`-.${way}.${way === 'thread' ? dasha.memberId : familyId}`)
    expect(nina.allText()).not.toMatch(/умереть|Даша|Семья №/)
  }
  // Those of the territory find it, though they are away: it is lost to nobody.
  await told(family.supervisor, /Семья № \d+/)
})

test('a former curator gets no cards of the family: they go to the current one', async () => {
  const family = await openWithFamily()
  const { world, key, path, familyId, curator, curatorId } = family
  const olga = await family.member('parent', 'Ольга')
  const second = await world.staff('Мария', ['leninsky'], 'curator')
  await key.patch(path, { curatorId: await staffIdOf(world, 'Мария') }, { 'if-match': '*' })
  world.telegram.block(olga.id)
  const desk = await openDesk(family)
  await desk.visit('2026-11-30T12:00:00Z')
  await told(second, /сообщения не доходят/)
  const card = { familyId, staffId: curatorId, kind: 'unreachable', subjectId: olga.memberId } as const
  await desk.does((tx, { enqueue }) => enqueue(tx, 'family-card', card))
  await expect.poll(() => second.allText().match(/сообщения не доходят/g)).toHaveLength(2)
  expect(curator.allText()).not.toMatch(/сообщения не доходят/)
  await second.play([['Пригласить', 'family-invite']])
})
