import { expect, onTestFinished, test } from 'vitest'
import { createSessions, type Sessions } from '#channels/telegram/sessions.ts'
import { createLog } from '#core/log.ts'
import { newSession, type Session } from '#dialogue/session.ts'
import { createSealer } from '#storage/seal.ts'
import { openFakeRedis } from '#test/support/fake-redis.ts'
import { testKeys } from '#test/support/world.ts'

const account = 'telegram:5000001'
const open = async (url: string): Promise<Sessions> => {
  const sessions = await createSessions(url, createSealer(testKeys), createLog('silent'))
  onTestFinished(() => sessions.close())
  return sessions
}
const soon = { timeout: 10_000 }
const onMenu: Session = { ...newSession(), revision: 7, cardId: '42' }

const restarted = async (given: Session) => {
  const redis = await openFakeRedis()
  const [first, second] = [await open(redis.url), await open(redis.url)]
  await first.storage.write(account, given)
  expect(await second.storage.read(account)).toEqual(given)
  redis.restart()
  await expect.poll(redis.greeted, soon).toBe(2)
  for (const one of [first, second]) await expect.poll(() => one.healthy(), soon).toBe(true)
  return { redis, first, second }
}

test('a restarted Redis loses no screen that a process still holds, and has it again with the next input', async () => {
  const { redis, first, second } = await restarted(onMenu)
  expect(await first.storage.read(account)).toEqual(onMenu)
  expect(await second.storage.read(account)).toBeUndefined()
  await first.storage.write(account, { ...onMenu, revision: 8 })
  expect(redis.values.size).toBe(1)
  expect(await second.storage.read(account)).toMatchObject({ revision: 8 })
})

test('what another process has written since counts, and what was deleted without a restart stays deleted', async () => {
  const { redis, first, second } = await restarted(onMenu)
  await second.storage.write(account, { ...onMenu, revision: 9 })
  expect(await first.storage.read(account)).toMatchObject({ revision: 9 })
  redis.values.clear()
  expect(await first.storage.read(account)).toBeUndefined()
})

test.each([
  ['answers before the consent', { ...onMenu, answers: { applicant: 'minor' } }],
  ['words before the consent', { ...onMenu, held: { text: 'мне страшно', files: [] } }],
  ['an opened link', { ...onMenu, screen: { name: 'join', token: 'x'.repeat(22) } }],
  ['an opened link behind another screen', { ...onMenu, before: { name: 'join', token: 'x'.repeat(22) } }],
])('%s do not come back: they may have been refused elsewhere', async (_, given) => {
  const { first } = await restarted(given as Session)
  expect(await first.storage.read(account)).toBeUndefined()
})
