import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { missing } from '#test/support/submitted.ts'
import { inviteTo, openSurveyDesk, sentAnswers, setsCounted } from '#test/support/surveys.ts'

/** Taps a card and returns the toast. */
const tapped = async (chat: Chat, data: string, messageId?: number): Promise<string> => {
  const { text = '' } = (await chat.byHand(data, messageId)) as { text?: string }
  return text
}

test('an outdated, repeated or out-of-order answer changes nothing, and the person is told', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  const push = olga.card()
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
  ])
  const [good, bad] = [olga.dataOf('Помогли'), olga.dataOf('Не помогли')]
  const first = olga.card()
  // Two concurrent taps: the second finds another question on the card.
  const both = [good, bad].map((data) => world.telegram.tap(olga.id, first.message_id, data))
  await Promise.all(both)
  await olga.settle()
  olga.sees(/уважительно/)
  expect(await sentAnswers(world)).toEqual({ helped: 4 })
  expect(await tapped(olga, bad, first.message_id)).toMatch(/Эта кнопка устарела/)
  olga.sees(/уважительно/)

  // Opening the push again continues below; the card above is dead.
  const above = olga.card()
  const yes = olga.dataOf('Да')
  await olga.tap('Посмотреть', push)
  expect(olga.card().message_id).not.toBe(above.message_id)
  olga.sees(/уважительно/)
  expect(await tapped(olga, yes, above.message_id)).toMatch(/Эта кнопка устарела/)
  expect(await sentAnswers(world)).toEqual({ helped: 4 })

  // Data that no button of this question has is rejected.
  const revision = yes.split('.')[0] ?? ''
  for (const made of ['set.7', 'set.talks', 'tick.talks', 'done.', 'set.99', 'change.1', 'submit.'])
    await tapped(olga, `${revision}.${made}`)
  olga.sees(/уважительно/)
  expect(await sentAnswers(world)).toEqual({ helped: 4 })
})

test('twenty taps submit once, and later input shows the thanks', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  const olga = await member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  const push = olga.card()
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
    ['Помогли', /уважительно/],
    ['Да', /Что помогло/],
    ['Пропустить', /Посоветуете/],
    ['9', 'survey-check'],
  ])
  const send = olga.dataOf('Отправить')
  const { message_id: id } = olga.card()
  await Promise.all(Array.from({ length: 20 }, () => world.telegram.tap(olga.id, id, send)))
  await olga.settle()
  olga.sees('survey-end')
  expect(await world.database.prisma.surveyResponse.count()).toBe(1)
  expect(await setsCounted(world)).toBe(1)

  const before = await sentAnswers(world)
  await olga.tap('Посмотреть', push)
  olga.sees(/Спасибо, ответы отправлены/)
  await olga.tap('Позже', push)
  olga.sees(/Спасибо, ответы отправлены/)
  expect(await sentAnswers(world)).toEqual(before)
  expect(await desk.statuses()).toEqual(['finished'])
})

test('other accounts, unknown invitations and former members see nothing', async () => {
  const family = await openWithFamily()
  const { world, key, path, member } = family
  const olga = await member('parent', 'Ольга')
  const pavel = await member('representative', 'Павел')
  const desk = await openSurveyDesk(family)
  await desk.invite('how-is-it', [olga.memberId])
  await desk.looks()
  const { id } = await world.database.prisma.surveyInvitation.findFirstOrThrow()
  const stranger = world.person({ firstName: 'Чужой' })
  await stranger.start()
  for (const chat of [pavel, stranger, family.curator]) {
    for (const action of ['survey', 'survey-later', 'survey-off']) {
      expect(await tapped(chat, `-.${action}.${id}`)).toBe('Такого здесь нет.')
      expect(chat.text()).not.toContain('Как идёт помощь')
    }
  }
  expect(await desk.statuses()).toEqual(['invited'])
  expect(await tapped(olga, `-.survey.${missing}`)).toBe('Такого здесь нет.')
  expect(await tapped(olga, '-.survey.not-an-id')).toMatch(/Эта кнопка устарела/)
  await olga.byHand(`-.survey.${id}`)
  olga.sees('survey')

  expect((await key.delete(`${path}/members/${olga.memberId}`)).status).toBeLessThan(300)
  await olga.play([['Начать', 'home']])
  expect(await tapped(olga, `-.survey.${id}`)).toBe('Такого здесь нет.')
})

test('an expired survey says so, on every button', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  const push = olga.card()
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
  ])
  // Expired, although the sweep has not run yet.
  family.world.clock.set('2026-12-09T07:30:00Z')
  await olga.play([['Не помогли', /Этот опрос закончился/]])
  await olga.tap('Посмотреть', push)
  olga.sees(/Этот опрос закончился/)
  await olga.tap('Позже', push)
  olga.sees(/Этот опрос закончился/)
  expect(olga.text()).not.toContain('Начатые ответы')
})
