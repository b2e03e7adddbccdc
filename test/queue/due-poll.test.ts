import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { createLog } from '#core/log.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import { createDuePoll } from '#queue/due-poll.ts'
import { queueNames } from '#queue/queues.ts'
import { openTestDatabase } from '#test/support/database.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const running: Jobs[] = []
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop()
})

const openJobs = async (): Promise<Jobs> => {
  const jobs = createJobs(db(), createLog('silent'))
  await jobs.start()
  running.push(jobs)
  return jobs
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 })
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)

test('a job begins at its moment at whichever instance has a worker, once', async () => {
  const [first, second] = [await openJobs(), await openJobs()]
  const begun: string[] = []
  second.work('draw-screen', async ({ personId }) => void begun.push(personId))
  // The queue has been looked at when it was added.
  await sleep(300)
  const [now, soon, later] = [randomUUID(), randomUUID(), randomUUID()]
  await db().transaction(async (tx) => {
    await first.enqueue(tx, 'draw-screen', { personId: later }, { startAfter: inSeconds(600) })
    await first.enqueue(tx, 'draw-screen', { personId: soon }, { startAfter: inSeconds(2) })
    await first.enqueue(tx, 'draw-screen', { personId: now })
  })
  await until(() => expect(begun).toEqual([now]))
  await until(() => expect(begun).toEqual([now, soon]))
  await sleep(1_500)
  expect(begun).toEqual([now, soon])
})

test('a job that failed begins again when its delay is over, at another instance if need be', async () => {
  const [first, second] = [await openJobs(), await openJobs()]
  const attempts: { at: string; attempt: number }[] = []
  first.work('reassign', async (_, { attempt }) => {
    attempts.push({ at: 'first', attempt })
    throw new Error('the first time')
  })
  await db().transaction((tx) => first.enqueue(tx, 'reassign', { staffId: randomUUID() }))
  await until(() => expect(attempts).toEqual([{ at: 'first', attempt: 1 }]))
  await first.stop()
  second.work('reassign', async (_, { attempt }) => void attempts.push({ at: 'second', attempt }))
  await until(() =>
    expect(attempts).toEqual([
      { at: 'first', attempt: 1 },
      { at: 'second', attempt: 2 },
    ]),
  )
})

test('all workers of a queue are woken for what is due', async () => {
  const jobs = await openJobs()
  let [atOnce, most] = [0, 0]
  jobs.work(
    'staff-card',
    async () => {
      atOnce += 1
      most = Math.max(most, atOnce)
      await sleep(800)
      atOnce -= 1
    },
    { concurrency: 4 },
  )
  await sleep(300)
  const card = () => ({ payload: { requestId: randomUUID(), staffId: randomUUID() }, startAfter: 1 })
  await db().transaction((tx) => jobs.enqueueMany(tx, 'staff-card', Array.from({ length: 4 }, card)))
  await until(() => expect(most).toBe(4))
})

test('what waits from before a start begins at once, without a NOTIFY and long before the next poll', async () => {
  const [before, now] = [await openJobs(), createJobs(db(), createLog('silent'), { duePollMs: 60 * 60_000 })]
  running.push(now)
  const personId = randomUUID()
  await db().transaction((tx) => before.enqueue(tx, 'draw-screen', { personId }))
  await now.start()
  // The start has looked by now.
  await sleep(300)
  const begun: string[] = []
  now.work('draw-screen', async (job) => void begun.push(job.personId))
  await until(() => expect(begun).toEqual([personId]))
})

test('while nothing says what is due for ten minutes, every queue is looked at, once in that time', async () => {
  const away = await openTestDatabase()
  onTestFinished(() => away.dispose())
  await away.database.close()
  const poll = createDuePoll(away.database, createLog('silent'), 20)
  const woken: string[] = []
  for (const queue of ['draw-screen', 'reassign'] as const) poll.watch(queue, () => woken.push(queue))
  poll.start()
  onTestFinished(() => poll.stop())
  await sleep(300)
  expect(woken).toEqual([])
  const later = performance.now() + 11 * 60_000
  const time = vi.spyOn(performance, 'now').mockImplementation(() => later)
  try {
    await until(() => expect(woken).toEqual(['draw-screen', 'reassign']))
    await sleep(300)
    expect(woken).toHaveLength(2)
  } finally {
    time.mockRestore()
  }
})

describe.runIf(inject('database') === 'postgres')('on a server', () => {
  const transactions = async () => {
    const [row] = await db().sql.query<{ count: number }>(
      'transactions',
      `SELECT (xact_commit + xact_rollback)::float AS count FROM pg_stat_database
       WHERE datname = current_database()`,
      [],
    )
    return row?.count ?? 0
  }

  test('queues that have no job are looked at together as they are added', async () => {
    const jobs = await openJobs()
    // What the start has cost is counted within a second of it.
    await sleep(1_500)
    const before = await transactions()
    for (const queue of queueNames) jobs.work(queue, async () => {})
    await sleep(2_000)
    // One at once, those of these seconds (more on a busy machine), and this test's own: not one per queue, at least.
    expect((await transactions()) - before).toBeLessThan(queueNames.length / 2)
  })

  test('jobs begin while the connection that listens is lost', async () => {
    const jobs = await openJobs()
    const begun: string[] = []
    jobs.work('draw-screen', async ({ personId }) => void begun.push(personId))
    await sleep(300)
    const listening = () =>
      db().sql.query<{ pid: number }>(
        'listening',
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'`,
        [],
      )
    expect(await listening()).toHaveLength(1)
    await db().sql.query(
      'stop-listening',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query ILIKE 'LISTEN%'`,
      [],
    )
    const personId = randomUUID()
    await db().transaction((tx) => jobs.enqueue(tx, 'draw-screen', { personId }))
    await until(() => expect(begun).toEqual([personId]))
    await until(async () => expect(await listening()).toHaveLength(1))
  })

  test('an idle instance asks for all of its queues at once', async () => {
    const jobs = await openJobs()
    for (const queue of queueNames) jobs.work(queue, async () => {})
    // What the start has cost is counted within a second of it.
    await sleep(2_500)
    const before = await transactions()
    await sleep(4_000)
    // Asking for each queue would be 24 a second.
    expect((await transactions()) - before).toBeLessThan(48)
  })
})
