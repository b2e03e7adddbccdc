import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { StartRefused } from '#core/start-refused.ts'
import { clockSchema } from '#sandbox/clock-protocol.ts'
import { nextMonday, openSandboxClock, type SandboxClock } from '#sandbox/sandbox-clock.ts'
import { createSandbox } from '#sandbox/server.ts'
import { createTelegram } from '#sandbox/telegram/telegram.ts'
import { movableClock, token } from './play.ts'

const timeZone = 'Europe/Moscow'

const opened = async (clock?: SandboxClock) => {
  const telegram = createTelegram({ token, clock: clock ?? movableClock() })
  const sandbox = createSandbox({ telegram, host: '127.0.0.1', port: 0, log: createLog('silent'), clock })
  await sandbox.start()
  onTestFinished(sandbox.stop)
  const move = (body: object) =>
    fetch(`${sandbox.url}/sandbox/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return { telegram, move }
}

test('the page sets the clock forward, and never back', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ryadom-clock-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  // Friday, noon in Moscow.
  const clock = await openSandboxClock(movableClock(), { dataDir, timeZone })
  const { telegram, move } = await opened(clock)
  const followed: string[] = []
  clock.on(() => void followed.push(clock.now().toISOString()))
  const moved = clockSchema.parse(await (await move({ minutes: 60 })).json())
  expect(new Date(moved.now).toISOString()).toBe('2026-11-20T10:00:00.000Z')
  expect(telegram.clock.now()).toEqual(clock.now())
  await move({ to: 'monday' })
  expect(followed).toEqual(['2026-11-20T10:00:00.000Z', '2026-11-23T06:00:00.000Z'])
  for (const wrong of [{ minutes: -1 }, { minutes: 1.5 }, { minutes: 1e9 }, { to: 'sunday' }, {}])
    expect((await move(wrong)).status).toBe(400)
  expect(clock.now().toISOString()).toBe('2026-11-23T06:00:00.000Z')
})

test('a clock that the database cannot follow stays, and the page says why', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ryadom-clock-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const clock = await openSandboxClock(movableClock(), { dataDir, timeZone })
  const { telegram, move } = await opened(clock)
  const before = clock.now()
  const off = clock.on(() => {
    throw new StartRefused('database.queue-clock', 'with a database user that owns the tables')
  })
  const answer = await move({ minutes: 60 })
  expect(answer.status).toBe(409)
  expect(await answer.json()).toEqual({ error: 'with a database user that owns the tables' })
  expect(telegram.clock.now()).toEqual(before)
  expect((await openSandboxClock(movableClock(), { dataDir, timeZone })).aheadMs()).toBe(0)
  off()
  expect((await move({ minutes: 60 })).status).toBe(200)
})

test('without a clock of its own the sandbox refuses to move it', async () => {
  const { move } = await opened()
  expect((await move({ minutes: 60 })).status).toBe(409)
})

test.each([
  ['2026-11-20T09:00:00Z', '2026-11-23T06:00:00Z'],
  ['2026-11-23T05:59:59Z', '2026-11-23T06:00:00Z'],
  ['2026-11-23T06:00:00Z', '2026-11-30T06:00:00Z'],
  // Monday already in Moscow, Sunday still in Greenwich.
  ['2026-11-22T22:00:00Z', '2026-11-23T06:00:00Z'],
])('after %s the next Monday, 9:00, is %s', (now, monday) => {
  expect(nextMonday(new Date(now), timeZone)).toEqual(new Date(monday))
})
