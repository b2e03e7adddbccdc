import { expect, onTestFinished, test, vi } from 'vitest'
import { createLog } from '#core/log.ts'
import { openMetrics } from '#core/metrics.ts'
import { Prisma } from '#generated/client.ts'
import { createJobs } from '#queue/boss.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 })

const schedules = async () => {
  const rows = await db().prisma.$queryRaw<{ name: string }[]>`SELECT name FROM pgboss.schedule`
  return rows.map(({ name }) => name)
}

test('sweeps take turns in one job a minute; one that fails holds up no other and is tried again by itself', async () => {
  const jobs = createJobs(db(), createLog('silent'), { duePollMs: 40 })
  await jobs.start()
  onTestFinished(jobs.stop)
  // As versions before left it.
  await jobs.schedule('push-sweep', '* * * * *', 'UTC', {})
  await jobs.schedule('minute-sweeps', '* * * * *', 'UTC', {})
  const done: string[] = []
  await jobs.sweeps.add('routing-sweep', async () => void done.push('routing'))
  let failures = 0
  await jobs.sweeps.add('push-sweep', async () => {
    failures += 1
    if (failures === 1) throw new Error('not now')
    done.push('push')
  })
  await jobs.sweeps.add('late-notices', async () => void done.push('late'))
  await jobs.sweeps.start()
  expect(await schedules()).toEqual([])

  // The one that failed is tried again by its own queue, perhaps before the last one's turn has come.
  await until(() => expect(done).toEqual(expect.arrayContaining(['push', 'late'])))
  expect(done[0]).toBe('routing')
})

test('instances sweep once a minute together, and once after minutes that were missed', async () => {
  await db().prisma.$executeRaw`DELETE FROM pgboss.job WHERE name = 'minute-sweeps'`
  let now = Date.UTC(2026, 10, 30, 9, 0, 30)
  const clock = { now: () => new Date(now), aheadMs: () => 0 }
  let swept = 0
  for (const _ of [0, 1]) {
    const jobs = createJobs(db(), createLog('silent'), { duePollMs: 40, clock })
    await jobs.start()
    onTestFinished(jobs.stop)
    await jobs.sweeps.add('push-sweep', async () => {
      swept += 1
    })
    await jobs.sweeps.start()
  }
  const minutes = async () => {
    const rows = await db().prisma.$queryRaw<{ minute: string }[]>`
      SELECT singleton_key AS minute FROM pgboss.job WHERE name = 'minute-sweeps' ORDER BY created_on`
    return rows.map(({ minute }) => Number(minute) - Date.UTC(2026, 10, 30, 9) / 60_000)
  }
  await until(() => expect(swept).toBe(1))
  now += 60_000
  await until(() => expect(swept).toBe(2))
  now += 5 * 60_000
  await until(() => expect(swept).toBe(3))
  now += 60_000
  await until(() => expect(swept).toBe(4))
  expect(await minutes()).toEqual([0, 1, 6, 7])
})

test('one that would find nothing does not look; if they cannot be asked, all look', async () => {
  const jobs = createJobs(db(), createLog('silent'), { duePollMs: 40, recurring: false })
  await jobs.start()
  onTestFinished(jobs.stop)
  let looked: string[] = []
  const found = { push: false, late: false, broken: false }
  const rows = (any: boolean) => [Prisma.sql`SELECT 1 WHERE false`, Prisma.sql`SELECT 1 WHERE ${any}`]
  await jobs.sweeps.add(
    'push-sweep',
    async () => void looked.push('push'),
    () => rows(found.push),
  )
  await jobs.sweeps.add(
    'late-notices',
    async () => void looked.push('late'),
    () => [...rows(found.late), Prisma.sql`SELECT 1 WHERE 1 / ${found.broken ? 0 : 1}::int = 2`],
  )
  await jobs.sweeps.add('routing-sweep', async () => void looked.push('always'))
  await jobs.sweeps.start()
  const minute = async () => {
    looked = []
    await db().transaction((tx) => jobs.enqueue(tx, 'minute-sweeps', {}))
    await until(() => expect(looked).toContain('always'))
    return looked
  }
  expect(await minute()).toEqual(['always'])
  found.late = true
  expect(await minute()).toEqual(['late', 'always'])
  found.push = true
  expect(await minute()).toEqual(['push', 'late', 'always'])
  Object.assign(found, { push: false, late: false, broken: true })
  expect(await minute()).toEqual(['push', 'late', 'always'])
})

test('one that takes long is told to stop, holds up no other, and is not begun a second time', async () => {
  const lines: string[] = []
  const metrics = await openMetrics(createLog('silent'))
  const log = createLog('warn', (line) => void lines.push(line))
  const jobs = createJobs(db(), log, { duePollMs: 40, sweepLimitMs: 50, metrics, recurring: false })
  await jobs.start()
  onTestFinished(jobs.stop)
  const done: string[] = []
  let begun = 0
  let stopped = 0
  let release = () => {}
  await jobs.sweeps.add('push-sweep', async (_, { signal }) => {
    begun += 1
    signal.addEventListener('abort', () => (stopped += 1))
    await new Promise<void>((resolve) => {
      release = resolve
    })
  })
  await jobs.sweeps.add('late-notices', async () => void done.push('late'))
  await jobs.sweeps.start()
  const minute = () => db().transaction((tx) => jobs.enqueue(tx, 'minute-sweeps', {}))
  await minute()
  await until(() => expect(done).toHaveLength(1))
  await minute()
  await until(() => expect(done).toHaveLength(2))
  expect([begun, stopped]).toEqual([1, 1])
  expect(lines.join('')).toMatch(/push-sweep.*sweep\.slow/)
  expect(await metrics.text()).toMatch(/ryadom_jobs_total\{queue="push-sweep",result="slow"\} [2-9]/)
  release()
  await minute()
  await until(() => expect(begun).toBe(2))
  release()
})
