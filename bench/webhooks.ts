// Webhooks delivered per second by one process, beside pg-boss's own rate for empty jobs in the same run.
// node --disable-warning=ExperimentalWarning bench/webhooks.ts [--events 6000] [--rounds 3] [--postgres …]

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Client } from 'pg'
import { createDeliverer } from '#channels/webhooks/deliver.ts'
import { systemClock } from '#core/clock.ts'
import { newId } from '#core/ids.ts'
import { createLog } from '#core/log.ts'
import { noMetrics } from '#core/metrics.ts'
import { createKey } from '#features/staff/api-keys.ts'
import { announce } from '#features/webhooks/announce.ts'
import { createEndpoint } from '#features/webhooks/endpoints.ts'
import { checkAddress } from '#features/webhooks/ssrf-guard.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import type { Database } from '#storage/database.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { createSealer } from '#storage/seal.ts'
import { deliveryBatches, startWebhookWorkers } from '#workers/webhook-workers.ts'

const aim = 600
const guard = { allowLoopback: true }
const log = createLog('error')
const sealer = createSealer([{ id: 'bench', key: randomBytes(32) }])
const say = (line: string) => process.stdout.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '6000' },
    rounds: { type: 'string', default: '3' },
    postgres: { type: 'string', default: 'postgresql://postgres@127.0.0.1:5432' },
  },
})
const events = Number(values.events)

const openReceiver = async () => {
  const child = spawn(process.execPath, [new URL('webhook-receiver.ts', import.meta.url).pathname], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await once(child.stdout, 'data')
  return { url: `http://127.0.0.1:${String(port).trim()}/`, stop: () => child.kill() }
}

/** In hundreds: a transaction each would only measure the announcing. */
const inHundreds = async (
  database: Database,
  work: (tx: Parameters<typeof announce>[0]) => Promise<void>,
) => {
  for (let done = 0; done < events; done += 100) {
    await database.transaction(async (tx) => {
      for (let n = 0; n < 100; n++) await work(tx)
    })
  }
}

const rate = (begun: number) => events / ((performance.now() - begun) / 1000)

/** Waits until a queue is empty. */
const drained = async (database: Database, queue: string): Promise<void> => {
  const text = `SELECT 1 FROM pgboss.job WHERE name = $1 AND state < 'completed' LIMIT 1`
  while ((await database.sql.query('left', text, [queue])).length > 0) await pause(20)
}

/** The same number of jobs, batch size and workers, with an empty handler. */
const emptyJobs = async (database: Database): Promise<number> => {
  const jobs = await started(database)
  await inHundreds(database, (tx) => jobs.enqueue(tx, 'draw-screen', { personId: newId() }))
  const begun = performance.now()
  jobs.workBatches('draw-screen', async (batch) => batch.map(() => 'done'), deliveryBatches)
  await drained(database, 'draw-screen')
  const measured = rate(begun)
  await jobs.stop()
  return measured
}

const deliveries = async (database: Database): Promise<{ rate: number; cpu: number }> => {
  const jobs = await started(database)
  await inHundreds(database, (tx) =>
    announce(tx, jobs, { type: 'message.received', now: systemClock.now(), requestId: null }),
  )
  const deps = { database, sealer, clock: systemClock, log, enqueue: jobs.enqueue, guard }
  const deliverer = createDeliverer({ ...deps, metrics: noMetrics })
  const cpu = process.cpuUsage()
  const begun = performance.now()
  await startWebhookWorkers({ jobs, database, clock: systemClock, deliverer, log })
  await drained(database, 'webhook-delivery')
  const measured = rate(begun)
  const { user, system } = process.cpuUsage(cpu)
  await jobs.stop()
  await deliverer.close()
  const left = await database.prisma.webhookDelivery.count({ where: { status: { not: 'delivered' } } })
  if (left > 0) throw new Error(`${left} deliveries were not delivered`)
  return { rate: measured, cpu: (user + system) / events }
}

const started = async (database: Database): Promise<Jobs> => {
  const jobs = createJobs(database, log)
  await jobs.start()
  return jobs
}

const addEndpoint = (database: Database, url: string) =>
  database.transaction(async (tx) => {
    const now = systemClock.now()
    const { key } = await createKey(tx, {
      name: 'bench',
      scopes: ['requests:read', 'visits:read', 'plans:read', 'families:read', 'messages:read'],
      territories: [],
      now,
    })
    const caller = { keyId: key.id, territories: 'all' as const }
    const address = await checkAddress(url, guard)
    await createEndpoint(tx, { sealer }, { caller, url: address, events: [], territories: [], now })
  })

const main = async () => {
  const name = `bench_webhooks_${randomBytes(4).toString('hex')}`
  const admin = new Client({ connectionString: new URL('/postgres', values.postgres).href })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const receiver = await openReceiver()
  const database = await openDatabase(
    { kind: 'postgres', url: new URL(`/${name}`, values.postgres).href },
    log,
  )
  const measured: number[] = []
  try {
    await migrate(database, log)
    await addEndpoint(database, receiver.url)
    for (let round = 1; round <= Number(values.rounds); round++) {
      const empty = await emptyJobs(database)
      const sent = await deliveries(database)
      measured.push(sent.rate)
      say(
        `round ${round}  webhooks ${sent.rate.toFixed(0).padStart(5)}/s (${sent.cpu.toFixed(0)} µs of CPU each)  empty jobs ${empty.toFixed(0).padStart(5)}/s`,
      )
    }
    const median = measured.toSorted((a, b) => a - b)[Math.floor(measured.length / 2)] ?? 0
    say(`${median >= aim ? '✓' : '✗'} ${median.toFixed(0)} webhooks/s from one process, for an aim of ${aim}`)
  } finally {
    await database.close()
    receiver.stop()
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  }
}

await main()
