import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import { openSandboxClock, type SandboxClock } from '#sandbox/sandbox-clock.ts'
import { refuseMovedClock } from '#storage/queue-clock.ts'
import { takeDatabase, useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 20 })
const hour = 60 * 60

const openJobs = async (clock: SandboxClock | undefined): Promise<Jobs> => {
  const jobs = createJobs(db(), createLog('silent'), { duePollMs: 40, clock })
  await jobs.start()
  onTestFinished(jobs.stop)
  return jobs
}

test('jobs run as due by a sandbox’s clock, also after a restart, and a real bot refuses such a database', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ryadom-clock-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const given = { dataDir, timeZone: 'Europe/Moscow' }
  const clock = await openSandboxClock(systemClock, given)
  await expect(refuseMovedClock(db())).resolves.toBeUndefined()
  const jobs = await openJobs(clock)
  clock.on(jobs.followClock)
  const begun: string[] = []
  jobs.work('draw-screen', async ({ personId }) => void begun.push(personId))
  const nights: string[] = []
  jobs.work('retention', async () => void nights.push('over'))
  await jobs.schedule('retention', '0 3 * * *', given.timeZone, {})

  const [soon, tomorrow, later] = [randomUUID(), randomUUID(), randomUUID()]
  await db().transaction(async (tx) => {
    await jobs.enqueue(tx, 'draw-screen', { personId: later }, { startAfter: 48 * hour })
    await jobs.enqueue(tx, 'draw-screen', { personId: tomorrow }, { startAfter: 24 * hour })
    await jobs.enqueue(tx, 'draw-screen', { personId: soon }, { startAfter: hour })
  })
  await clock.forward(hour * 1000)
  await until(() => expect(begun).toEqual([soon]))
  await clock.forward(23 * hour * 1000)
  await until(() => expect(begun).toEqual([soon, tomorrow]))
  // A night has passed.
  await until(() => expect(nights).toEqual(['over']))
  expect(begun).not.toContain(later)

  const again = await openSandboxClock(systemClock, given)
  expect(again.aheadMs()).toBe(24 * hour * 1000)
  const afterwards = randomUUID()
  await db().transaction((tx) => jobs.enqueue(tx, 'draw-screen', { personId: afterwards }, { startAfter: 1 }))
  await until(() => expect(begun).toContain(afterwards))

  await expect(refuseMovedClock(db())).rejects.toThrow('belongs to a sandbox whose clock was moved')
})

test.runIf(inject('database') === 'postgres')(
  'a user that owns no tables works by the server’s clock, and is told why it cannot move it',
  async () => {
    const taken = await takeDatabase()
    onTestFinished(() => taken.giveBack())
    const dataDir = await mkdtemp(join(tmpdir(), 'ryadom-clock-'))
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
    const clock = await openSandboxClock(systemClock, { dataDir, timeZone: 'Europe/Moscow' })
    const jobs = createJobs(taken.app, createLog('silent'), { duePollMs: 40, clock })
    await jobs.start()
    onTestFinished(jobs.stop)
    clock.on(jobs.followClock)
    await expect(clock.forward(hour * 1000)).rejects.toMatchObject({
      code: 'database.queue-clock',
      message: expect.stringContaining('owns the tables'),
    })
    expect(clock.aheadMs()).toBe(0)
    const begun: string[] = []
    jobs.work('draw-screen', async ({ personId }) => void begun.push(personId))
    const now = randomUUID()
    await taken.app.transaction((tx) => jobs.enqueue(tx, 'draw-screen', { personId: now }))
    await until(() => expect(begun).toEqual([now]))
  },
)
