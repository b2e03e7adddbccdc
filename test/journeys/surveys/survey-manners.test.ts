import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { howIsIt, invited, inviteTo, keepSurveys, openSurveyDesk } from '#test/support/surveys.ts'
import { told } from '#test/support/visits.ts'

const pushes = (chat: Chat, words: RegExp = invited) =>
  chat.allText().match(new RegExp(words, 'g'))?.length ?? 0

test('a discreet push does not mention the survey; without pushes the survey is in the menu', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const pavel = await family.member('representative', 'Павел')
  for (const [chat, mode] of [
    [olga, 'Скрытые'],
    [pavel, 'Никаких'],
  ] as const)
    await chat.play([
      ['/settings', 'settings'],
      ['Какие уведомления', 'push-mode'],
      [mode, 'settings'],
    ])
  const before = pavel.messages().length
  const desk = await openSurveyDesk(family)
  await desk.invite()
  await desk.looks()
  await told(olga, /У вас новое сообщение/)
  expect(olga.text()).toBe('У вас новое сообщение.')
  expect(olga.buttons(olga.card()).map(({ text }) => text)).toEqual(['Посмотреть'])
  await olga.play([['Посмотреть', 'survey']])
  expect(pavel.messages()).toHaveLength(before)
  await pavel.play([
    ['/start', 'home'],
    ['Опрос · 1 минута', 'survey'],
  ])
})

test('no invitations at night, and at most one a week over all surveys', async () => {
  const family = await openWithFamily({ at: '2026-11-25T18:30:00Z' })
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await keepSurveys(family.world, { ...howIsIt, code: 'another' })
  await desk.invite()
  await desk.invite('another')
  await desk.looks()
  expect(pushes(olga)).toBe(0)
  await desk.looks('2026-11-26T05:00:30Z')
  await told(olga, invited)
  await desk.looks('2026-12-02T18:20:00Z')
  expect(pushes(olga)).toBe(1)
  await desk.looks('2026-12-03T06:00:00Z')
  await expect.poll(() => pushes(olga), { timeout: 30_000 }).toBe(2)
  expect(await desk.statuses()).toEqual(['invited', 'invited'])
})

test('postponed late in the evening, it comes at the end of quiet hours, as announced', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await inviteTo(desk, olga)
  family.world.clock.set('2026-11-25T19:00:00Z')
  await olga.play([['Позже', /Опрос придёт снова в пятницу, 27 ноября, в 8:00/]])
  await desk.looks('2026-11-26T19:01:00Z')
  expect(pushes(olga)).toBe(1)
  await desk.looks('2026-11-27T05:00:30Z')
  await expect.poll(() => pushes(olga), { timeout: 30_000 }).toBe(2)
})

test('no invitations while something urgent is open', async () => {
  const family = await openWithFamily()
  const { key, member } = family
  await key.call('PUT', '/alarming-words', { body: { words: ['бьёт'] } })
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    [{ words: 'Он бьёт меня' }, 'messages.alarmed'],
  ])
  const desk = await openSurveyDesk(family)
  await desk.invite()
  await desk.looks()
  await desk.looks('2026-11-25T08:30:00Z')
  expect(pushes(olga)).toBe(0)
  expect(await desk.statuses()).toEqual(['waiting'])
  // A specialist has read it.
  await family.curator.byHand(`-.thread.${olga.memberId}`)
  await desk.looks('2026-11-25T10:00:00Z')
  await told(olga, invited)
})

test('a push never interrupts a question, not even one of another survey', async () => {
  const family = await openWithFamily()
  const { world, member } = family
  const olga = await member('parent', 'Ольга')
  await olga.play([
    ['/messages', 'messages'],
    ['Написать', 'messages-write'],
  ])
  const desk = await openSurveyDesk(family)
  await desk.invite()
  await desk.looks()
  expect(pushes(olga)).toBe(0)
  await olga.play([[{ words: 'Когда вы придёте?' }, 'messages']])
  await desk.looks('2026-11-25T07:20:00Z')
  await told(olga, invited)

  // During the survey itself, non-urgent pushes wait as well.
  await olga.play([
    ['Посмотреть', 'survey'],
    ['Начать', /Мы вам помогли\?/],
  ])
  const written = await family.key.post(`${family.path}/members/${olga.memberId}/messages`, {
    text: 'Завтра',
  })
  expect(written).toMatchObject({ status: 201 })
  await desk.looks()
  expect(olga.allText()).not.toContain('Вам написали')
  await olga.play([
    ['Помогли', /уважительно/],
    ['Меню', 'home'],
  ])
  await desk.looks('2026-11-25T07:25:00Z')
  await told(olga, /Вам написали/)
  expect(world.telegram.refused).toEqual([])
})

test('after failed pushes, the summary mentions the survey and leads to it', async () => {
  const family = await openWithFamily()
  const { world } = family
  const olga = await family.member('parent', 'Ольга')
  const desk = await openSurveyDesk(family)
  await desk.invite()
  world.telegram.block(olga.id)
  await desk.looks()
  expect(await world.database.prisma.push.findMany({ select: { kind: true, status: true } })).toEqual([
    { kind: 'survey', status: 'held' },
  ])
  world.telegram.unblock(olga.id)
  await olga.say('/start')
  await desk.looks('2026-11-25T07:05:00Z')
  await told(olga, /Пока вас не было:\n• 1 короткий опрос/)
  await olga.play([['Короткий опрос', 'survey']])
})
