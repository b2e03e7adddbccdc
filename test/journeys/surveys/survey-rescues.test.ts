import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { inviteTo, openSurveyDesk } from '#test/support/surveys.ts'
import { told } from '#test/support/visits.ts'

const asked = /Просят поговорить не с куратором/
const cardsIn = (chat: Chat): number => chat.allText().split(/Просят поговорить не с куратором/).length - 1

const asksForSomebodyElse = (chat: Chat) =>
  chat.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Не помогли', 'survey-rescue'],
    ['Да, пусть напишут', /Вам напишет не куратор/],
  ])

test('an open request is repeated every working morning until it is marked as answered', async () => {
  const family = await openWithFamily()
  const { world, key, member, supervisor, familyId } = family
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await asksForSomebodyElse(olga)
  await told(supervisor, asked)
  await desk.looks('2026-11-25T15:00:00Z')
  expect(cardsIn(supervisor)).toBe(1)
  // 9:00 on the next working day, and on the one after the weekend.
  await desk.looks('2026-11-26T06:00:00Z')
  await expect.poll(() => cardsIn(supervisor)).toBe(2)
  await desk.looks('2026-11-27T06:00:00Z')
  await desk.looks('2026-11-28T06:00:00Z')
  await expect.poll(() => cardsIn(supervisor)).toBe(3)

  const narrow = await keyOf(world, { territories: ['oktyabrsky'] })
  expect(await narrow.get('/survey-rescues')).toMatchObject({ status: 200, body: { items: [] } })
  const { body } = await key.get('/survey-rescues?open=true')
  const [rescue] = (body as { items: { id: string }[] }).items
  expect(rescue).toMatchObject({
    survey: 'how-is-it',
    familyId,
    memberId: olga.memberId,
    dueAt: '2026-11-26T20:59:59.999Z',
    answeredAt: null,
  })
  expect((await narrow.post(`/survey-rescues/${rescue?.id}/answered`)).status).toBe(404)
  expect((await key.post(`/survey-rescues/${rescue?.id}/answered`)).status).toBe(200)
  expect(await key.get('/survey-rescues?open=true')).toMatchObject({ body: { items: [] } })
  await desk.looks('2026-11-30T06:00:00Z')
  expect(cardsIn(supervisor)).toBe(3)
})

test('the rated person never learns of it, not even as a supervisor; alarming answers are reported in addition', async () => {
  const family = await openWithFamily()
  const { world, key, member, supervisor, path } = family
  await key.call('PUT', '/alarming-words', { body: { words: ['бьёт'] } })
  const nina = await world.staff('Нина', ['leninsky'], 'supervisor')
  const staffId = await staffIdOf(world, 'Нина')
  expect((await key.patch(path, { curatorId: staffId }, { 'if-match': '*' })).status).toBe(200)
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await asksForSomebodyElse(olga)
  await told(supervisor, asked)
  const { id } = await world.database.prisma.surveyRescue.findFirstOrThrow()
  await nina.byHand(`-.survey-answered.${id}`)
  expect(await world.database.prisma.surveyRescue.findFirstOrThrow()).toMatchObject({ answeredAt: null })

  await supervisor.tap('Ответ дан')
  await olga.play([
    [{ words: 'Он меня бьёт' }, /112/],
    ['Пусть мне напишут', /Вам напишет не куратор/],
  ])
  await told(supervisor, /В опросе написали о том, что не ждёт/)
  expect(await world.database.prisma.surveyRescue.findFirstOrThrow()).toMatchObject({
    answeredAt: null,
    question: 'missing',
  })
  expect(nina.allText()).not.toMatch(/не с куратором|не ждёт/)
})

test('without a supervisor a specialist is notified, and told that they cannot write from here', async () => {
  const family = await openWithFamily()
  const { world, key, member, supervisor } = family
  const anna = await world.staff('Анна', ['leninsky'])
  const supervisorId = await staffIdOf(world, 'Елена')
  const away = { from: '2026-11-25T07:30:00Z', until: '2026-12-25T07:00:00Z' }
  expect((await key.post(`/staff/${supervisorId}/absences`, away)).status).toBe(201)
  world.clock.set('2026-11-25T08:00:00Z')
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  await asksForSomebodyElse(olga)
  await told(anna, /Просят поговорить не с куратором[\s\S]*Прежде чем звонить или идти, узнайте/)
  expect(anna.buttons(anna.card()).map(({ text }) => text)).toEqual(['Ответ дан'])
  expect(supervisor.allText()).not.toMatch(asked)
})
