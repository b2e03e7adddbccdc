import { createHash } from 'node:crypto'
import { describe, expect, inject, test } from 'vitest'
import { createConcealed } from '#channels/telegram/concealed-sessions.ts'
import { createSealer } from '#storage/seal.ts'
import type { Chat } from '../support/chat.ts'
import { columnsWith } from '../support/columns.ts'
import { openLink, openWithFamily } from '../support/family.ts'
import {
  done,
  minorAnswers,
  minorSubmits,
  parentAnswers,
  type Steps,
  ticks,
  upTo,
} from '../support/intake.ts'
import { everythingIn, openOwnRedis } from '../support/redis.ts'
import { createWire } from '../support/wire.ts'
import { openWorld, testKeys } from '../support/world.ts'

const database = 14
const accountOf = ({ id }: Pick<Chat, 'id'>) => `telegram:${id}`
const nameOf = (chat: Pick<Chat, 'id'>) => createConcealed(createSealer(testKeys)).names(accountOf(chat))[0]

/** A word as itself, and as encodings and unkeyed hashes of it would spell it. */
const spellings = (word: string): string[] => {
  const bytes = Buffer.from(word)
  const hash = createHash('sha256').update(word)
  const digest = hash.digest()
  return [
    word,
    bytes.toString('latin1'),
    JSON.stringify(word).slice(1, -1),
    ...[bytes, digest].flatMap((one) => [one.toString('hex'), one.toString('base64').replace(/=+$/, '')]),
    digest.toString('base64url'),
  ]
}

const tellsNothing = async ({ redis }: Awaited<ReturnType<typeof openOwnRedis>>, canaries: string[]) => {
  const everything = await everythingIn(redis)
  expect(everything.some((text) => text.startsWith('ryadom:session:'))).toBe(true)
  const wanted = canaries.flatMap(spellings)
  expect(wanted.filter((word) => everything.some((text) => text.includes(word)))).toEqual([])
}

// The embedded tests run without Redis.
describe.runIf(inject('database') === 'postgres')('Redis holds nothing that can be read', () => {
  test('before the consent: neither the account, a birth date, nor who asks', async () => {
    const own = await openOwnRedis(database)
    const world = await openWorld({ mode: 'webhook', redisUrl: own.url })
    const dasha = world.person()
    await dasha.play(minorAnswers('Да, можно', { birthDate: '12.03.2012' }).slice(0, 4))
    dasha.sees('question.personalData')
    await tellsNothing(own, [
      `${dasha.id}`,
      accountOf(dasha),
      '2012-03-12',
      'birthDate',
      'minor',
      'personalData',
    ])
  })

  test('after it: neither ticked circumstances nor the question on the screen', async () => {
    const own = await openOwnRedis(database)
    const world = await openWorld({ mode: 'webhook', redisUrl: own.url })
    const dasha = world.person()
    const steps = minorAnswers('Да, можно')
    const until = upTo(steps, 'question.circumstances')
    await dasha.play([...until, [ticks('Про меня', 'Мне не хочется жить'), /Отмечено/]])
    await tellsNothing(own, [`${dasha.id}`, accountOf(dasha), 'suicide-risk', 'circumstances', 'ticked'])
    await dasha.play([
      [done, 'danger'],
      ['Продолжить', 'question.safeContact'],
      ...steps.slice(until.length + 2),
      ...minorSubmits,
    ])
    await tellsNothing(own, [`${dasha.id}`, accountOf(dasha), 'suicide-risk', '2012-03-12'])
    const told = (text: string) => /suicide-risk|2012-03-12|12\.03\.2012/.test(text)
    expect(await columnsWith(world, told)).toEqual([])
  })

  test('an opened family link, a plan, a conversation, staff at work: nothing of it', async () => {
    const own = await openOwnRedis(database)
    const { world, key, path, familyId, curator, member } = await openWithFamily({
      mode: 'webhook',
      redisUrl: own.url,
    })
    const added = await key.post(`${path}/members`, { role: 'minor', name: 'Даша' })
    const { link } = added.body as { link: string }
    const dasha = world.person()
    await openLink(dasha, link)
    dasha.sees('join')
    const olga = await member('parent', 'Ольга')
    await olga.play([
      ['/messages', 'messages'],
      [{ words: 'Меткастрока' }, /Отправлено/],
    ])
    await curator.byHand(`-.family.${familyId}`)
    const token = new URL(link).searchParams.get('start')?.replace(/^f_/, '') ?? ''
    expect(token).toHaveLength(22)
    const people = [dasha, olga, curator].flatMap((chat) => [`${chat.id}`, accountOf(chat)])
    // The API counts calls by key, and by address without one.
    await key.call('GET', '/nowhere')
    expect((await fetch(new URL('/api/v1/families', world.app().url))).status).toBe(401)
    await tellsNothing(own, [
      ...people,
      token,
      familyId,
      'Меткастрока',
      'familyId',
      'join',
      key.keyId,
      '127.0.0.1',
    ])
    expect((await everythingIn(own.redis)).some((text) => text.startsWith('ryadom-api-'))).toBe(true)
  })
})

const refusals: { who: string; steps: Steps }[] = [
  { who: 'a parent', steps: [...parentAnswers().slice(0, 3), ['Не даю', 'refused']] },
  { who: 'a minor', steps: [...minorAnswers('Да, можно').slice(0, 4), ['Нет, не разрешаю', 'refused']] },
  {
    who: 'a child under ten',
    steps: [
      ...minorAnswers('Да, можно').slice(0, 3),
      [{ words: '12.03.2019' }, 'under-ten'],
      ['Нет', 'too-young'],
    ],
  },
  {
    who: 'a person who cancels',
    steps: [...parentAnswers().slice(0, 3), ['/cancel', 'cancel'], ['Да, удалить', 'cancelled']],
  },
]

describe.runIf(inject('database') === 'postgres')('a refusal deletes the session at once', () => {
  test.each(refusals)('of $who', async ({ steps }) => {
    const own = await openOwnRedis(database)
    const world = await openWorld({ mode: 'webhook', redisUrl: own.url })
    const chat = world.person()
    await chat.play(steps.slice(0, -1))
    expect(await own.redis.exists(nameOf(chat))).toBe(1)
    await chat.play(steps.slice(-1))
    expect(await own.redis.keys('*')).toEqual([])
    // Who comes again is a stranger, and begins anew.
    await chat.play([
      ['Меню', 'home'],
      ['Попросить о помощи', 'question.applicant'],
    ])
  })

  test('of whoever opened a family’s link', async () => {
    const own = await openOwnRedis(database)
    const { world, key, path } = await openWithFamily({ mode: 'webhook', redisUrl: own.url })
    const added = await key.post(`${path}/members`, { role: 'parent', name: 'Ольга' })
    const olga = world.person()
    await openLink(olga, (added.body as { link: string }).link)
    expect(await own.redis.exists(nameOf(olga))).toBe(1)
    await olga.play([['Не даю', 'refused']])
    expect(await own.redis.exists(nameOf(olga))).toBe(0)
  })

  test('also while Telegram draws nothing: what is left says nothing, and goes with the card', async () => {
    const own = await openOwnRedis(database)
    const world = await openWorld({ mode: 'webhook', redisUrl: own.url })
    const chat = world.person()
    await chat.play(parentAnswers().slice(0, 3))
    world.telegram.faults.failNext('editMessageText', 1, { code: 500 })
    await chat.tap('Не даю')
    await expect.poll(() => chat.text(), { timeout: 15_000 }).toMatch(/Ответы не сохранены/)
    await expect.poll(() => own.redis.exists(nameOf(chat))).toBe(0)
  })

  test('and once it is back, if Redis was away', async () => {
    const own = await openOwnRedis(database)
    const wire = await createWire(own.url, 6379)
    const noise = ['redis.error', 'session.kept-in-memory', 'session.not-deleted']
    const world = await openWorld({ mode: 'webhook', redisUrl: wire.url, noise })
    const chat = world.person()
    await chat.play(parentAnswers().slice(0, 3))
    wire.set('refuse')
    await chat.play([['Не даю', 'refused']])
    expect(await own.redis.exists(nameOf(chat))).toBe(1)
    wire.set('through')
    await expect.poll(() => own.redis.exists(nameOf(chat)), { timeout: 10_000 }).toBe(0)
  })
})
