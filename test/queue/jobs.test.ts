import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createLog } from '#core/log.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import { deadLetters } from '#queue/set-up-queues.ts'
import { highPriority } from '#queue/queues.ts'
import { type Handler, RetryAfter } from '#queue/run-job.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const lines: string[] = []
let jobs: Jobs

beforeAll(async () => {
  jobs = createJobs(
    db(),
    createLog('debug', (line) => lines.push(line)),
    // What is due begins soon; what must not need the due poll has jobs without one.
    { duePollMs: 100 },
  )
  await jobs.start()
})
afterAll(() => jobs.stop())

type Stored = { state: string; retry_count: number; output: unknown; seconds: number }

/** What the queue's table says of the jobs with a payload, oldest first; `seconds` until the next try. */
const stored = (queue: string, payload: object) =>
  db().sql.query<Stored>(
    'jobs-of',
    `SELECT state::text, retry_count, output, extract(epoch FROM start_after - now())::float AS seconds
     FROM pgboss.job WHERE name = $1 AND data @> $2::jsonb ORDER BY created_on`,
    [queue, JSON.stringify(payload)],
  )

/** Looks for due jobs only as it starts and when a queue is added. */
const openPatient = async (): Promise<Jobs> => {
  const patient = createJobs(db(), createLog('silent'), { duePollMs: 60 * 60_000 })
  await patient.start()
  return patient
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 30_000, interval: 20 })

describe('a job', () => {
  test('exists exactly when the transaction of its cause commits', async () => {
    const [kept, lost] = [{ personId: randomUUID() }, { personId: randomUUID() }]
    await db().transaction((tx) => jobs.enqueue(tx, 'draw-screen', kept))
    const failing = db().transaction(async (tx) => {
      await jobs.enqueue(tx, 'draw-screen', lost)
      throw new Error('lost')
    })
    await expect(failing).rejects.toThrow('lost')
    expect(await stored('draw-screen', kept)).toMatchObject([{ state: 'created' }])
    expect(await stored('draw-screen', lost)).toEqual([])
  })

  test('carries ids only', async () => {
    const wrong = { personId: randomUUID(), name: 'Ольга' }
    await expect(db().transaction((tx) => jobs.enqueue(tx, 'draw-screen', wrong))).rejects.toThrow()
  })

  test('reaches its worker within 300 ms of the commit', async () => {
    const arrived = new Map<string, number>()
    const handler: Handler<'staff-card'> = async ({ requestId }) => {
      arrived.set(requestId, performance.now())
    }
    const patient = await openPatient()
    patient.work('staff-card', handler, { concurrency: 4 })
    await sleep(300)
    const waits: number[] = []
    for (let round = 0; round < 10; round += 1) {
      const requestId = randomUUID()
      await db().transaction((tx) => patient.enqueue(tx, 'staff-card', { requestId, staffId: randomUUID() }))
      const committed = performance.now()
      await until(() => expect(arrived.has(requestId)).toBe(true))
      waits.push((arrived.get(requestId) ?? Number.POSITIVE_INFINITY) - committed)
      await sleep(50)
    }
    expect(waits.toSorted((a, b) => a - b)[5]).toBeLessThan(300)
    await patient.stop()
  })

  test('of a backlog is taken when the one before is done, without waiting for the due poll', async () => {
    const patient = await openPatient()
    const taken = new Set<string>()
    patient.work('reassign', async ({ staffId }) => void taken.add(staffId), { concurrency: 2 })
    const backlog = Array.from({ length: 40 }, () => ({ payload: { staffId: randomUUID() } }))
    await db().transaction((tx) => patient.enqueueMany(tx, 'reassign', backlog))
    await until(() => expect(taken.size).toBe(40))
    await patient.stop()
  })

  test('waits for its time', async () => {
    const soon = { personId: randomUUID(), messageId: '1' }
    const later = { personId: randomUUID(), messageId: '2' }
    const done: string[] = []
    jobs.work('delete-message', async ({ personId, messageId }) => void done.push(personId, messageId))
    await db().transaction(async (tx) => {
      await jobs.enqueue(tx, 'delete-message', later, { startAfter: 600 })
      await jobs.enqueue(tx, 'delete-message', soon, { startAfter: 1 })
    })
    await sleep(300)
    expect(done).toEqual([])
    await until(() => expect(done).toEqual([soon.personId, '1']))
    const [waiting] = await stored('delete-message', later)
    expect(waiting).toMatchObject({ state: 'created' })
    expect(waiting?.seconds).toBeGreaterThan(590)

    // Queued with Telegram's number, before there were channels.
    const early = { personId: randomUUID(), messageId: 16 }
    await db().prisma.$executeRaw`INSERT INTO pgboss.job (name, data) VALUES ('delete-message', ${early})`
    await until(() => expect(done.slice(2)).toEqual([early.personId, '16']))
  })
})

describe('a failing job', () => {
  test('is tried again, told which attempt it is; of the error only its name and place are kept', async () => {
    const payload = { requestId: randomUUID(), notice: 'claimed' as const }
    const attempts: number[] = []
    jobs.work('family-notice', async (_payload, { attempt }) => {
      attempts.push(attempt)
      if (attempt === 1) throw new TypeError('Ольга, +79001112233')
    })
    await db().transaction((tx) => jobs.enqueue(tx, 'family-notice', payload))
    await until(() => expect(attempts).toEqual([1]))
    await until(async () =>
      expect(await stored('family-notice', payload)).toMatchObject([{ state: 'retry' }]),
    )
    const [failed] = await stored('family-notice', payload)
    expect(failed?.output).toMatchObject({ name: 'TypeError' })
    expect(JSON.stringify([failed, lines])).not.toContain('9001112233')
    await until(() => expect(attempts).toEqual([1, 2]))
    await until(async () =>
      expect(await stored('family-notice', payload)).toMatchObject([{ state: 'completed' }]),
    )
  })

  test('that has to wait is put off for that long, without costing an attempt', async () => {
    const payload = { requestId: randomUUID() }
    const attempts: number[] = []
    jobs.work('staff-cards-refresh', async (_payload, { attempt }) => {
      attempts.push(attempt)
      throw new RetryAfter(attempts.length === 1 ? 1 : 100)
    })
    await db().transaction((tx) => jobs.enqueue(tx, 'staff-cards-refresh', payload))
    await until(() => expect(attempts).toEqual([1, 1]))
    await until(async () => {
      const all = await stored('staff-cards-refresh', payload)
      expect(all.map(({ state }) => state)).toEqual(['completed', 'completed', 'created'])
      expect(all.map(({ retry_count }) => retry_count)).toEqual([0, 0, 0])
      expect(all[2]?.seconds).toBeGreaterThan(95)
    })
  })

  test('that is put off keeps its priority, so that urgent ones still go first', async () => {
    const payload = { visitId: randomUUID() }
    jobs.work('visit-cards-refresh', async () => {
      throw new RetryAfter(100)
    })
    await db().transaction((tx) =>
      jobs.enqueue(tx, 'visit-cards-refresh', payload, { priority: highPriority }),
    )
    const priorities = () =>
      db().sql.query(
        'priorities-of',
        'SELECT state::text, priority FROM pgboss.job WHERE name = $1 AND data @> $2::jsonb ORDER BY created_on',
        ['visit-cards-refresh', JSON.stringify(payload)],
      )
    await until(async () =>
      expect(await priorities()).toEqual([
        { state: 'completed', priority: 1 },
        { state: 'created', priority: 1 },
      ]),
    )
  })

  test('that cannot be read is left for a newer version: it is tried again, and not a dead letter', async () => {
    const payload = { kind: 'unknown', updateId: '42' }
    const called: number[] = []
    jobs.work('staff-alert', async (_payload, { attempt }) => void called.push(attempt))
    await db().prisma.$executeRaw`
      INSERT INTO pgboss.job (name, data, dead_letter, retry_limit, retry_delay)
      VALUES ('staff-alert', ${payload}, ${deadLetters}, 3, 2)`
    await until(async () => expect(await stored('staff-alert', payload)).toMatchObject([{ state: 'retry' }]))
    expect([await stored(deadLetters, payload), called]).toEqual([[], []])
    // As a newer version reads it.
    await db().prisma.$executeRaw`
      UPDATE pgboss.job SET data = jsonb_set(data, '{kind}', '"quarantined"')
      WHERE name = 'staff-alert' AND data @> ${payload}::jsonb`
    await until(() => expect(called).toHaveLength(1))
  })
})

test('a schedule and the queues survive a second start, and a stop waits for what runs', async () => {
  await jobs.schedule('retention', '0 3 * * *', 'Europe/Moscow', {})
  const second = createJobs(db(), createLog('silent'))
  await second.start()
  await second.schedule('retention', '0 3 * * *', 'Europe/Moscow', {})
  const schedules = await db().sql.query('schedules', 'SELECT name, cron, timezone FROM pgboss.schedule', [])
  expect(schedules).toEqual([{ name: 'retention', cron: '0 3 * * *', timezone: 'Europe/Moscow' }])

  let finished = false
  let begun = false
  second.work('retention', async () => {
    begun = true
    await sleep(700)
    finished = true
  })
  await db().transaction((tx) => jobs.enqueue(tx, 'retention', {}))
  await until(() => expect(begun).toBe(true))
  await second.stop()
  expect(finished).toBe(true)
  expect(await stored('retention', {})).toMatchObject([{ state: 'completed' }])
})
