import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import type { BatchHandler, Outcome } from '#queue/batches.ts'
import { createJobs } from '#queue/boss.ts'
import { deadLetters } from '#queue/set-up-queues.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const inHand = { size: 10, concurrency: 1 }

type Stored = {
  id: string
  state: string
  group: string | null
  seconds: number
  priority: number
  output: unknown
}

/** The jobs of a queue, oldest first; `seconds` until the next try. */
const stored = (queue: string) =>
  db().sql.query<Stored>(
    'stored-jobs',
    `SELECT data->>'personId' AS id, state::text, group_id AS "group", priority, output,
       round(extract(epoch FROM start_after - now()))::int AS seconds
     FROM pgboss.job WHERE name = $1 ORDER BY created_on, start_after`,
    [queue],
  )

const start = async () => {
  const lines: string[] = []
  const jobs = createJobs(
    db(),
    createLog('info', (line) => lines.push(line)),
  )
  await jobs.start()
  onTestFinished(() => jobs.stop())
  await db().prisma.$executeRaw`DELETE FROM pgboss.job`
  return { jobs, lines }
}

test('each job of a batch has its own outcome; a retried one keeps its group', async () => {
  const { jobs } = await start()
  const [done, later, failing] = [randomUUID(), randomUUID(), randomUUID()]
  const outcomes: Record<string, Outcome> = {
    [later]: { again: 300 },
    [failing]: { failed: new TypeError('Ольга, +79001112233') },
  }
  await db().transaction(async (tx) => {
    for (const personId of [done, later, failing])
      await jobs.enqueue(tx, 'draw-screen', { personId }, { group: 'one', priority: 3 })
  })
  const batches: string[][] = []
  const handler: BatchHandler<'draw-screen'> = async (batch) => {
    batches.push(batch.map(({ payload }) => payload.personId))
    expect(batch.every(({ group }) => group === 'one')).toBe(true)
    return batch.map(({ payload }) => outcomes[payload.personId] ?? 'done')
  }
  jobs.workBatches('draw-screen', handler, inHand)
  await expect
    .poll(async () => (await stored('draw-screen')).map(({ state }) => state).sort())
    .toEqual(['completed', 'completed', 'created', 'retry'])
  expect(batches[0]?.toSorted()).toEqual([done, later, failing].toSorted())
  const rows = await stored('draw-screen')
  expect(rows.filter(({ id }) => id === done)).toMatchObject([{ state: 'completed' }])
  const again = rows.find(({ id, state }) => id === later && state === 'created')
  expect(again).toMatchObject({ group: 'one', priority: 3 })
  expect(again?.seconds).toBeGreaterThan(280)
  const failed = rows.find(({ id }) => id === failing)
  expect(failed).toMatchObject({ output: { name: 'TypeError' } })
  expect(JSON.stringify(failed)).not.toContain('9001112233')
})

test('a failure of the whole batch fails each job, without quoting data', async () => {
  const { jobs, lines } = await start()
  await db().transaction(async (tx) => {
    for (let n = 0; n < 3; n += 1) await jobs.enqueue(tx, 'draw-screen', { personId: randomUUID() })
  })
  jobs.workBatches('draw-screen', () => Promise.reject(new Error('Ольга')), inHand)
  await expect
    .poll(async () => (await stored('draw-screen')).map(({ state }) => state))
    .toEqual(['retry', 'retry', 'retry'])
  expect(JSON.stringify([await stored('draw-screen'), lines])).not.toContain('Ольга')
  expect(lines.filter((line) => line.includes('job.failed'))).toHaveLength(3)
})

test('a malformed job becomes a dead letter, and the rest of its batch is processed', async () => {
  const { jobs } = await start()
  const personId = randomUUID()
  await db().prisma.$executeRaw`
    INSERT INTO pgboss.job (name, data, dead_letter) VALUES ('draw-screen', '{"personId":"nobody"}', ${deadLetters})`
  await db().transaction((tx) => jobs.enqueue(tx, 'draw-screen', { personId }))
  const done: string[] = []
  const handler: BatchHandler<'draw-screen'> = async (batch) => {
    done.push(...batch.map(({ payload }) => payload.personId))
    return batch.map(() => 'done')
  }
  jobs.workBatches('draw-screen', handler, inHand)
  await expect.poll(() => stored(deadLetters)).toMatchObject([{ id: 'nobody' }])
  await expect.poll(() => done).toEqual([personId])
})
