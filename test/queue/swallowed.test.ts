import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import type { Database } from '#storage/database.ts'
import { createWire } from '#test/support/wire.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

// A cable that is cut tells nobody: what was asked of the server waits for an answer that does not come.
const onServer = inject('database') === 'postgres'
const db = useTestDatabase()

/** Jobs of which a worker has asked for the next one, or the queue's clock for its minute, and whose answer the wire has swallowed. */
const openSwallowed = async (limitMs: number, whose: 'worker' | 'minute' = 'worker') => {
  const { boss } = db()
  const url = boss.connectionString ?? ''
  const wire = await createWire(url, 5432)
  const limits = { statement_timeout: limitMs, query_timeout: limitMs }
  const wired: Database = Object.create(db(), {
    boss: { value: { ...boss, ...limits, connectionString: wire.url } },
  })
  const jobs = createJobs(wired, createLog('silent'), { duePollMs: 100 })
  await jobs.start()
  const begun: string[] = []
  jobs.work('draw-screen', async ({ personId }) => void begun.push(personId))
  const send = async (seconds = 0): Promise<string> => {
    const personId = randomUUID()
    await db().transaction((tx) => jobs.enqueue(tx, 'draw-screen', { personId }, { startAfter: seconds }))
    return personId
  }
  if (whose === 'worker') await send(1)
  // One holds the lock, the other looks: within a transaction what others do is looked at once.
  const [admin, looking] = [
    new pg.Client({ connectionString: url }),
    new pg.Client({ connectionString: url }),
  ]
  await Promise.all([admin.connect(), looking.connect()])
  // Whoever takes a job waits for this lock; whoever looks which are due does not.
  await admin.query('BEGIN')
  await admin.query('LOCK TABLE pgboss.job_common IN SHARE MODE')
  if (whose === 'minute') jobs.everyMinute('minute-sweeps')
  const asked = async () => {
    const { rowCount } = await looking.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ryadom-jobs'
        AND state = 'active' AND wait_event_type = 'Lock'`,
    )
    return rowCount
  }
  await expect.poll(asked).toBeGreaterThan(0)
  wire.set('swallow')
  await admin.query('ROLLBACK')
  await Promise.all([admin.end(), looking.end()])
  return { jobs, wire, begun, send }
}

test.runIf(onServer)('a worker whose answer was lost asks again once its time is up', async () => {
  const { jobs, wire, begun, send } = await openSwallowed(3_000)
  wire.set('through')
  const next = await send()
  await expect.poll(() => begun).toContain(next)
  await jobs.stop()
})

test.runIf(onServer)(
  'a stop does not wait for the answer of a look at the queues either',
  async () => {
    const { jobs, wire } = await openSwallowed(60_000, 'minute')
    wire.set('through')
    await jobs.stop()
  },
  30_000,
)

// Seven seconds, in which nothing happens: a stop gives work under way its time.
test.runIf(onServer)(
  'a stop does not wait for an answer that was lost',
  async () => {
    const { jobs, wire } = await openSwallowed(60_000)
    wire.set('through')
    await jobs.stop()
  },
  30_000,
)
