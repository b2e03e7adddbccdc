import { expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { openWithFamily } from '#test/support/family.ts'
import { storedAccount } from '#test/support/accounts.ts'
import { callsTo } from '#test/support/telegram-calls.ts'
import { openWorld } from '#test/support/world.ts'

const line = 'Здесь пока ничего нет.'
const all = (chat: Chat) => chat.messages().map(({ text }) => text)
const hide = async (chat: Chat) => {
  await chat.tap('Спрятать')
  if (all(chat).length > 1) await chat.tap('Спрятать сейчас')
}

test('what hiding does is explained once; then one line is left, and its word brings everything back', async () => {
  const family = await openWithFamily()
  const { telegram } = family.world
  const dasha = await family.member('minor', 'Даша')
  const before = telegram.commands(dasha.id)
  await dasha.play([
    ['План помощи', 'plan'],
    [
      'Спрятать',
      /Что останется:.*старше двух суток.*уведомления.*сам чат в списке.*Как вернуться:.*«погода»/s,
    ],
  ])
  expect(dasha.buttons(dasha.card()).map(({ text }) => text)).not.toContain('Спрятать')
  await dasha.tap('Спрятать сейчас')
  expect(all(dasha)).toEqual([line])
  expect(telegram.commands(dasha.id).map(({ description }) => description)).toEqual(['Начать', 'Помощь'])

  await dasha.say('погода')
  dasha.sees(/Переписка снова здесь.*Куратор семьи/s)
  expect(telegram.commands(dasha.id)).toEqual(before)
  await dasha.play([['План помощи', 'plan']])
  // Now they know.
  await dasha.tap('Спрятать')
  expect(all(dasha)).toEqual([line])
  await dasha.say('Погода!')
  // The command does the same.
  await dasha.say('/hide')
  expect(all(dasha)).toEqual([line])
})

test('whoever takes the phone and tries everything learns nothing', async () => {
  const family = await openWithFamily()
  const dasha = await family.member('minor', 'Даша')
  const crisis = dasha.dataOf('Срочная помощь')
  const guide = dasha.dataOf('Что делать сегодня')
  const old = dasha.card().message_id
  await hide(dasha)
  const said = [
    '/start',
    '/start f_AAAAAAAAAAAAAAAAAAAAAA',
    '/help',
    '/menu',
    '/plan',
    '/status',
    '/hide',
    '/language',
    'привет',
    'кто это?',
    '112',
    'погода сегодня',
  ]
  for (const words of said) {
    await dasha.say(words)
    expect(all(dasha).at(-1), words).toBe(line)
  }
  const shown = all(dasha).length
  for (const data of [crisis, guide, '-.home.', '-.hide.', '-.hide.now', '-.plan.', '-.visits.', '0.back.'])
    expect(await dasha.byHand(data, old), data).toMatchObject({})
  expect(all(dasha)).toHaveLength(shown)
  expect(new Set(all(dasha).filter((text) => !said.includes(text ?? '')))).toEqual(new Set([line]))
  const answers = callsTo(family.world.telegram, dasha.id, 'answerCallbackQuery')
  expect(answers.every(({ params }) => params.text === undefined)).toBe(true)
})

test('before a consent it works as well, and leaves no person behind', async () => {
  const world = await openWorld()
  const nina = world.person({ firstName: 'Нина' })
  await nina.start()
  await nina.play([
    ['Попросить о помощи', 'question.applicant'],
    ['Мне меньше 18 лет', 'question.birthDate'],
  ])
  await hide(nina)
  expect(all(nina)).toEqual([line])
  expect(await world.database.prisma.person.count()).toBe(0)
  await world.restart()
  await nina.start()
  expect(all(nina).at(-1)).toBe(line)
  await nina.say('погода')
  nina.sees('home')
  expect(await world.database.prisma.hiddenChat.count()).toBe(0)
})

test('200 messages need four calls, at Telegram’s own rates', async () => {
  const family = await openWithFamily({ telegram: { limits: 'telegram' } })
  const { telegram, clock, database } = family.world
  const olga = await family.member('parent', 'Ольга')
  // What the bot would have sent in two days, at a message a second.
  const ids: number[] = []
  for (let count = 0; count < 200; count += 1) {
    clock.forward(1_000)
    const sent = await telegram.execute(telegram.token, 'sendMessage', { chat_id: olga.id, text: 'Карточка' })
    ids.push((sent.body as { result: { message_id: number } }).result.message_id)
  }
  const { id: personId } = await database.prisma.person.findUniqueOrThrow({
    where: { account: storedAccount(olga) },
  })
  await database.prisma.chatMessage.createMany({
    data: ids.map((id) => ({ personId, messageId: String(id), at: clock.now() })),
  })
  clock.forward(60_000)
  expect(olga.messages().length).toBeGreaterThan(200)
  await olga.tap('Спрятать')
  const before = telegram.calls.length
  await olga.tap('Спрятать сейчас')
  expect(all(olga)).toEqual([line])
  const calls = telegram.calls.slice(before).filter(({ params }) => Number(params.chat_id) === olga.id)
  expect(calls.map(({ method }) => method)).toEqual([
    'deleteMessages',
    'deleteMessages',
    'deleteMessages',
    'sendMessage',
  ])
})

test('messages older than 48 hours stay, and do not hold the others up', async () => {
  const family = await openWithFamily()
  const olga = await family.member('parent', 'Ольга')
  await olga.say('/plan')
  const old = all(olga).length
  family.world.clock.forward(50 * 60 * 60_000)
  await olga.say('/visits')
  expect(all(olga).length).toBeGreaterThan(old)
  await hide(olga)
  expect(all(olga).slice(-1)).toEqual([line])
  expect(olga.messages().filter(({ text }) => text === '/visits')).toEqual([])
  // No button of an older card leads anywhere.
  expect(olga.messages().flatMap((message) => olga.buttons(message))).toEqual([])
})

test('staff have no such button, nor on the cards that come from theirs', async () => {
  const family = await openWithFamily()
  const { curator } = family
  await curator.say('/menu')
  const labels = () => curator.buttons(curator.card()).map(({ text }) => text)
  expect(labels()).not.toContain('Спрятать')
  await curator.tap('Срочная помощь')
  expect(labels()).not.toContain('Спрятать')
  await curator.byHand('-.hide.now')
  curator.sees('home')
  await curator.say('/hide')
  curator.sees('home')
  expect(await family.world.database.prisma.hiddenChat.count()).toBe(0)
})
