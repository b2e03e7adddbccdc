import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'

test('a supervisor sends a survey to a family, once a day; a curator cannot choose who rates them', async () => {
  const { world, supervisor, curator, familyId, member } = await openWithFamily()
  await member('parent', 'Ольга')
  await member('minor', 'Даша')
  const invited = () =>
    world.database.prisma.surveyInvitation.findMany({ select: { surveyCode: true, minor: true } })
  await supervisor.byHand(`-.f-card.${familyId}`)
  await supervisor.play([
    ['Дело', 'family-file'],
    ['Спросить семью', /какой опрос/],
    ['Как идёт помощь', /Семья № /],
  ])
  expect((await invited()).toSorted((a, b) => Number(a.minor) - Number(b.minor))).toEqual([
    { surveyCode: 'interim', minor: false },
    { surveyCode: 'interim', minor: true },
  ])
  await supervisor.play([
    ['Дело', 'family-file'],
    ['Спросить семью', /какой опрос/],
    ['Как идёт помощь', /Семья № /],
  ])
  expect(await invited()).toHaveLength(2)

  await curator.byHand(`-.f-card.${familyId}`)
  await curator.tap('Дело')
  expect(curator.buttons(curator.card()).map(({ text }) => text)).not.toContain('Спросить семью')
  await curator.byHand(`-.f-ask.${familyId}`)
  curator.sees('home')
})

test('a family without joined members gets no survey, and the supervisor is told so', async () => {
  const { world, supervisor, familyId } = await openWithFamily()
  await supervisor.byHand(`-.f-card.${familyId}`)
  await supervisor.play([
    ['Дело', 'family-file'],
    ['Спросить семью', /какой опрос/],
  ])
  expect(await supervisor.tap('Как прошёл визит')).toMatchObject({
    text: 'В боте нет никого, кому подходит этот опрос',
  })
  expect(await world.database.prisma.surveyInvitation.count()).toBe(0)
  supervisor.sees(/Семья № /)
})
