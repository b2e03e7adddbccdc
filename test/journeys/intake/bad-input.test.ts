import { describe, expect, test } from 'vitest'
import type { Chat } from '#test/support/chat.ts'
import { draftOf } from '#test/support/drafts.ts'
import { adultSubmits, parentAnswers, type Steps } from '#test/support/intake.ts'
import { jobStates, makeDue } from '#test/support/rows.ts'
import { openWorld, type World } from '#test/support/world.ts'

const tuesday = '2026-11-24T09:00:00Z'
const minute = 60 * 1000
const day = 24 * 60 * minute

/** The steps up to the one that shows this screen. */
const upTo = (screen: string, steps: Steps = parentAnswers()): Steps => {
  const index = steps.findIndex(([, shown]) => shown === screen)
  if (index < 0) throw new Error(`no step leads to ${screen}`)
  return steps.slice(0, index + 1)
}

const openAt = async (screen: string, steps?: Steps) => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  await olga.play(upTo(screen, steps))
  return { world, olga }
}

/** What was sent got an answer, and the question stands there again, below it, alone with its buttons. */
const expectAsked = (chat: Chat, screen: string, reason: RegExp) => {
  expect(chat.text()).toMatch(reason)
  chat.sees(screen)
  expect(chat.messages().at(-1)?.message_id).toBe(chat.card().message_id)
  expect(chat.messages().filter((message) => chat.buttons(message).length > 0)).toHaveLength(1)
}

/** Nothing that anybody could be shown, or answer. */
const empty: [string, (chat: Chat) => unknown, RegExp][] = [
  ['NUL alone', ({ telegram, id }) => telegram.sendText(id, '\u0000\u0000'), /бот передать не может/],
  [
    'marks of direction alone',
    ({ telegram, id }) => telegram.sendText(id, '\u202E\u2066'),
    /бот передать не может/,
  ],
  ['a story', ({ telegram, id }) => telegram.sendAny(id, { story: { id: 1 } }), /бот передать не может/],
  ['a sticker', ({ telegram, id }) => telegram.sendSticker(id), /^Хорошо/],
  [
    'a command that there is not',
    ({ telegram, id }) => telegram.sendText(id, '/constructor'),
    /Такой команды нет/,
  ],
]

/** Whatever else can be sent, and what stands in the story then. */
const said: [string, (chat: Chat) => unknown, RegExp][] = [
  ['an edited message', editLast, /Исправлено:\nсовсем другое/],
  [
    'a location',
    ({ telegram, id }) => telegram.sendLocation(id),
    /Место на карте:\nhttps:\/\/yandex\.ru\/maps/,
  ],
  ['a poll', ({ telegram, id }) => telegram.sendPoll(id, 'Что делать?', ['ждать']), /Что делать\?\n– ждать/],
  [
    'somebody else’s contact',
    ({ telegram, id }) =>
      telegram.shareContact(id, { firstName: 'Пётр', phone: '+79005554433', other: true }),
    /Контакт: Пётр, 79005554433/,
  ],
  ['a command in a forward', ({ telegram, id }) => telegram.forward(id, '/cancel'), /Переслано:\n\/cancel/],
]

function editLast({ telegram, id, messages }: Chat) {
  const own = messages().findLast(({ by, text }) => by === 'person' && text !== undefined)
  telegram.edit(id, own?.message_id ?? 0, 'совсем другое')
}

test('what says nothing is explained, asked again, the draft unchanged', async () => {
  const { world, olga } = await openAt('question.ownWords')
  const before = await draftOf(world.database, olga)
  for (const [, send, reason] of empty) {
    send(olga)
    await olga.settle()
    expectAsked(olga, 'question.ownWords', reason)
  }
  expect(await draftOf(world.database, olga)).toEqual(before)
  await olga.play([[{ words: 'Вот это – ответ.' }, 'question.danger']])
})

test('what is said in any other way stands in the story, and the question stays', async () => {
  const { world, olga } = await openAt('question.helpKinds')
  for (const [what, send, words] of said) {
    send(olga)
    await olga.settle()
    expectAsked(olga, 'question.helpKinds', /^✓ Записано в ваш рассказ/)
    expect((await draftOf(world.database, olga))?.ownWords, what).toMatch(words)
  }
})

test('the first message of a person may be anything', async () => {
  const world = await openWorld({ at: tuesday })
  for (const [what, send, reason] of empty) {
    const chat = world.person()
    send(chat)
    await chat.settle()
    expect(chat.text(), what).toMatch(reason)
    chat.sees('home')
  }
  for (const [, send] of said.filter(([name]) => name !== 'an edited message')) {
    const chat = world.person()
    send(chat)
    await chat.settle()
    chat.sees('hand-over')
  }
  expect(await world.database.prisma.person.count()).toBe(0)
})

test('text does not answer a question with buttons', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  const before: Record<string, unknown>[] = []
  for (const step of [...parentAnswers(), ...adultSubmits.slice(0, -1)]) {
    await olga.play([step])
    const [, screen] = step
    if (typeof screen !== 'string' || /children|ownWords|name|phone|question.danger/.test(screen)) continue
    const kept = await draftOf(world.database, olga)
    await olga.say('Да')
    expectAsked(olga, screen, /^Хорошо/)
    expect(await draftOf(world.database, olga)).toEqual(kept)
    before.push({ screen })
  }
  expect(before.length).toBeGreaterThan(10)
})

describe('a group', () => {
  test('is told once that the bot works in private chats, and cannot answer questions', async () => {
    const { world, olga } = await openAt('question.ownWords')
    const { telegram } = world
    const before = await draftOf(world.database, olga)
    for (const text of ['/start', 'Всем привет', '/cancel@ryadom_sandbox_bot'])
      telegram.sendToGroup(olga.id, text)
    await olga.settle()
    const said = telegram.group().filter(({ from }) => from?.is_bot)
    expect(said.map(({ text }) => text)).toEqual([expect.stringMatching(/В группе бот не отвечает.*t\.me\//)])
    expect(said[0]?.reply_markup).toBeUndefined()
    olga.sees('question.ownWords')
    expect(await draftOf(world.database, olga)).toEqual(before)
  })
})

const sent = ({ telegram }: World) => telegram.calls.filter(({ method }) => method === 'sendMessage').length

test('a hundred messages at once are one story: a few are answered, nothing is lost', async () => {
  const { world, olga } = await openAt('question.ownWords')
  const before = await draftOf(world.database, olga)
  const already = sent(world)
  for (let count = 1; count <= 100; count += 1) world.telegram.sendText(olga.id, `слово ${count}`)
  await olga.settle()
  // None of them was meant for the name, which nobody had been asked yet.
  olga.sees('question.danger')
  expect(olga.messages().at(-1)?.by).toBe('bot')
  const ownWords = Array.from({ length: 100 }, (_, index) => `слово ${index + 1}`).join('\n')
  expect(await draftOf(world.database, olga)).toEqual({ ...before, ownWords })
  expect(sent(world) - already).toBeLessThan(15)
})

test('writing faster than the rate limit of Telegram yields one card in the end, not one per message', async () => {
  const world = await openWorld({ at: tuesday, mode: 'webhook', telegram: { limits: 'telegram' } })
  const olga = world.person()
  for (const step of upTo('question.helpKinds')) {
    await olga.play([step])
    world.clock.forward(minute)
  }
  for (let count = 1; count <= 40; count += 1) world.telegram.sendText(olga.id, `слово ${count}`)
  await olga.settle()
  const waiting = await jobStates(world.database, 'draw-screen')
  expect(waiting.length).toBeGreaterThan(2)
  world.clock.forward(minute)
  const already = sent(world)
  await makeDue(world.database, 'draw-screen')
  const states = async () => [...new Set(await jobStates(world.database, 'draw-screen'))]
  await expect.poll(states, { timeout: 30_000 }).toEqual(['completed'])
  expect(sent(world) - already).toBe(1)
  expectAsked(olga, 'question.helpKinds', /Какая помощь нужна/)
})

test('a screen from days ago continues, although Telegram cannot delete so old a message', async () => {
  const { world, olga } = await openAt('question.phone')
  world.clock.forward(3 * day)
  await olga.play([['Только здесь, в Telegram', 'question.supportRequest']])
  expect(olga.messages().at(-1)?.message_id).toBe(olga.card().message_id)
  expect(world.telegram.keyboard(olga.id)).toBeNull()
})
