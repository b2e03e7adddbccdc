import { describe, expect, inject, test } from 'vitest'
import { createConcealed } from '#channels/telegram/concealed-sessions.ts'
import { createSessions } from '#channels/telegram/sessions.ts'
import { createLog } from '#core/log.ts'
import { createSealer } from '#storage/seal.ts'
import type { Chat } from '../support/chat.ts'
import { parentAnswers } from '../support/intake.ts'
import { openOwnRedis } from '../support/redis.ts'
import { openWorld, testKeys, type World } from '../support/world.ts'

const database = 13
const accountOf = ({ id }: Pick<Chat, 'id'>) => `telegram:${id}`
const nameOf = (chat: Pick<Chat, 'id'>) => createConcealed(createSealer(testKeys)).names(accountOf(chat))[0]
const silent = createLog('silent')

/** Leaves a session as versions before ADR 36 did: as plain JSON, under the account. */
const leaveAsBefore = async (world: World, own: Awaited<ReturnType<typeof openOwnRedis>>, chat: Chat) => {
  const sessions = await createSessions(own.url, createSealer(testKeys), silent)
  const session = await sessions.storage.read(accountOf(chat))
  await sessions.storage.delete(accountOf(chat))
  await sessions.close()
  await own.redis.set(accountOf(chat), JSON.stringify(session), 'EX', 1000)
  await world.restart()
}

// The embedded tests run without Redis.
describe.runIf(inject('database') === 'postgres')('a session of before', () => {
  test('the upgrade is read once, and replaced', async () => {
    const own = await openOwnRedis(database)
    const world = await openWorld({ mode: 'webhook', redisUrl: own.url })
    const olga = world.person()
    await olga.play(parentAnswers().slice(0, 3))
    await leaveAsBefore(world, own, olga)
    expect(await own.redis.exists(nameOf(olga), accountOf(olga))).toBe(1)
    await olga.play(parentAnswers().slice(3, 5))
    expect(await own.redis.exists(accountOf(olga))).toBe(0)
    expect(await own.redis.exists(nameOf(olga))).toBe(1)
  })

  test('the upgrade is deleted by a refusal, too', async () => {
    const own = await openOwnRedis(database)
    const world = await openWorld({ mode: 'webhook', redisUrl: own.url })
    const olga = world.person()
    await olga.play(parentAnswers().slice(0, 3))
    await leaveAsBefore(world, own, olga)
    await olga.play([['Не даю', 'refused']])
    expect(await own.redis.exists(nameOf(olga), accountOf(olga))).toBe(0)
  })

  test('a rotation of the keys is read, and replaced under the new name', async () => {
    const own = await openOwnRedis(database)
    const added = { id: 'next', key: Buffer.alloc(32, 8) }
    const [before, after] = [testKeys, [added, ...testKeys]].map(createSealer)
    if (!before || !after) throw new Error('two sealers were made')
    const account = 'telegram:42'
    const session = { v: 1 as const, screen: { name: 'home' as const }, revision: 7 }
    const first = await createSessions(own.url, before, silent)
    const second = await createSessions(own.url, after, silent)
    await first.storage.write(account, session)
    expect(await second.storage.read(account)).toEqual(session)
    await second.storage.write(account, { ...session, revision: 8 })
    expect(await own.redis.keys('*')).toEqual([createConcealed(after).names(account)[0]])
    // Another instance with the same keys reads what this one wrote, and the first one knows no such session.
    const third = await createSessions(own.url, after, silent)
    expect(await third.storage.read(account)).toEqual({ ...session, revision: 8 })
    expect(await first.storage.read(account)).toBeUndefined()
    for (const one of [first, second, third]) await one.close()
  })

  test('somebody else is none: a value moved to another name does not open', async () => {
    const own = await openOwnRedis(database)
    const sealer = createSealer(testKeys)
    const lines: string[] = []
    const sessions = await createSessions(
      own.url,
      sealer,
      createLog('warn', (line) => lines.push(line)),
    )
    const [mine, yours] = ['telegram:1', 'telegram:2'].map(
      (account) => createConcealed(sealer).names(account)[0],
    )
    await sessions.storage.write('telegram:1', { v: 1, screen: { name: 'home' }, revision: 3 })
    await own.redis.copy(mine ?? '', yours ?? '')
    expect(await sessions.storage.read('telegram:2')).toBeUndefined()
    expect(lines.join()).toContain('session.unreadable')
    expect(lines.join()).not.toContain('telegram:')
    await sessions.close()
  })
})
