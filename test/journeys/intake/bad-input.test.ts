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

const kinds: [string, (chat: Chat) => unknown, RegExp][] = [
  ['a sticker', ({ telegram, id }) => telegram.sendSticker(id), /Стикер дошёл/],
  ['a voice message', ({ telegram, id }) => telegram.sendVoice(id), /Голос прослушать не получится/],
  ['a photo', ({ telegram, id }) => telegram.sendPhoto(id, { caption: 'мы' }), /Картинку бот не сохраняет/],
  ['a document', ({ telegram, id }) => telegram.sendDocument(id), /Документы здесь пока не принимаются/],
  ['a location', ({ telegram, id }) => telegram.sendLocation(id), /Место на карте не сохранено/],
  ['a poll', ({ telegram, id }) => telegram.sendPoll(id), /Опрос дошёл/],
  ['somebody else’s words', ({ telegram, id }) => telegram.forward(id, 'не моё'), /Пересланное не сохранено/],
  [
    'a command in a forward',
    ({ telegram, id }) => telegram.forward(id, '/cancel'),
    /Пересланное не сохранено/,
  ],
  ['an edited message', editLast, /Исправления в сообщении бот не видит/],
  ['NUL alone', ({ telegram, id }) => telegram.sendText(id, '\u0000\u0000'), /бот не понимает/],
  [
    'marks of direction alone',
    ({ telegram, id }) => telegram.sendText(id, '\u202E\u2066'),
    /бот не понимает/,
  ],
  [
    'a command that there is not',
    ({ telegram, id }) => telegram.sendText(id, '/constructor'),
    /Такой команды нет/,
  ],
]

function editLast({ telegram, id, messages }: Chat) {
  const own = messages().findLast(({ by, text }) => by === 'person' && text !== undefined)
  telegram.edit(id, own?.message_id ?? 0, 'совсем другое')
}

test('any other Telegram content: explained, asked again, the draft unchanged', async () => {
  const { world, olga } = await openAt('question.ownWords')
  const before = await draftOf(world.database, olga)
  for (const [, send, reason] of kinds) {
    send(olga)
    await olga.settle()
    expectAsked(olga, 'question.ownWords', reason)
  }
  expect(await draftOf(world.database, olga)).toEqual(before)
  await olga.play([[{ words: 'Вот это – ответ.' }, 'question.name']])
})

test('the first message of a person may be anything', async () => {
  const world = await openWorld({ at: tuesday })
  for (const [what, send, reason] of kinds.filter(([name]) => name !== 'an edited message')) {
    const chat = world.person()
    send(chat)
    await chat.settle()
    expect(chat.text(), what).toMatch(reason)
    chat.sees('home')
  }
  expect(await world.database.prisma.person.count()).toBe(0)
})

test('text does not answer a question with buttons', async () => {
  const world = await openWorld({ at: tuesday })
  const olga = world.person()
  const before: Record<string, unknown>[] = []
  for (const step of [...parentAnswers(), ...adultSubmits]) {
    await olga.play([step])
    const [, screen] = step
    if (typeof screen !== 'string' || /children|ownWords|name|phone/.test(screen)) continue
    const kept = await draftOf(world.database, olga)
    await olga.say('Да')
    expectAsked(olga, screen, /Здесь отвечают кнопкой под сообщением/)
    await olga.shareContact()
    expectAsked(olga, screen, /Номер сейчас не нужен и никуда не записан/)
    expect(await draftOf(world.database, olga)).toEqual(kept)
    before.push({ screen })
  }
  expect(before.length).toBeGreaterThan(10)
  expect(await world.database.prisma.requestEvent.count()).toBe(1)
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

test('a hundred messages at once: each is processed, a few are answered, nothing is lost', async () => {
  const { world, olga } = await openAt('question.ownWords')
  const before = await draftOf(world.database, olga)
  const already = sent(world)
  for (let count = 1; count <= 100; count += 1) world.telegram.sendText(olga.id, `слово ${count}`)
  await olga.settle()
  olga.sees('question.phone')
  expect(olga.text()).toMatch(/В этом номере что-то не так/)
  expect(olga.messages().at(-1)?.by).toBe('bot')
  expect(await draftOf(world.database, olga)).toEqual({ ...before, ownWords: 'слово 1', name: 'слово 2' })
  expect(sent(world) - already).toBeLessThan(15)
})

test('writing faster than the rate limit of Telegram yields one card in the end, not one per message', async () => {
  const world = await openWorld({ at: tuesday, mode: 'webhook', telegram: { limits: 'telegram' } })
  const olga = world.person()
  for (const step of upTo('question.helpKinds')) {
    await olga.play([step])
    world.clock.forward(minute)
  }
  for (let count = 1; count <= 25; count += 1) world.telegram.sendText(olga.id, `слово ${count}`)
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
  await olga.play([['Только здесь, в Telegram', 'question.hours']])
  expect(olga.messages().at(-1)?.message_id).toBe(olga.card().message_id)
  expect(world.telegram.keyboard(olga.id)).toBeNull()
})
