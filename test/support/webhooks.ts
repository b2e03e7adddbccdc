import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, onTestFinished } from 'vitest'
import { createDeliverer } from '#channels/webhooks/deliver.ts'
import { createLog } from '#core/log.ts'
import { noMetrics } from '#core/metrics.ts'
import { createKey } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { createEndpoint, type EndpointCaller } from '#features/webhooks/endpoints.ts'
import { checkAddress, type GuardSettings } from '#features/webhooks/ssrf-guard.ts'
import { createJobs, type Jobs } from '#queue/boss.ts'
import type { Database } from '#storage/database.ts'
import { createSealer } from '#storage/seal.ts'
import type { Delivery } from '#storage/webhooks/webhook-deliveries.ts'
import { startWebhookWorkers } from '#workers/webhook-workers.ts'
import { openTestDatabase } from './database.ts'
import { movableClock } from './movable-clock.ts'
import { makeDue } from './rows.ts'
import { takeDatabase } from './world-databases.ts'

export const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }])

export type Webhooks = {
  database: Database
  jobs: Jobs
  clock: ReturnType<typeof movableClock>
  lines: string[]
  /** Creates a key for some territories, or for all. */
  caller(territories?: readonly string[] | 'all'): Promise<EndpointCaller>
  /** Creates an endpoint for all events; returns it with its secret. */
  endpoint(
    url: string,
    given?: Partial<Pick<Parameters<typeof createEndpoint>[2], 'events' | 'territories' | 'caller'>>,
  ): Promise<{ id: string; secret: string; caller: EndpointCaller }>
  /** The deliveries, oldest first. */
  deliveries(): Promise<Delivery[]>
  /** Moves the clock on and makes the jobs that are due by then run. */
  pass(ms: number): Promise<void>
  /** Stops the workers, aborts their work, and starts them again, as a restart would. */
  restart(): Promise<void>
}

/** What a test makes due begins soon. */
const duePollMs = 100

/** The webhook delivery of the product on its own database, with local receivers. */
export const openWebhooks = async ({
  guard = { allowLoopback: true },
  publicUrl,
  random,
  idle = false,
}: {
  guard?: GuardSettings
  publicUrl?: string
  random?: () => number
  /** Starts no workers: enqueued jobs stay in the queue. */
  idle?: boolean
} = {}): Promise<Webhooks> => {
  const stored = await ownDatabase()
  const { database } = stored
  const clock = movableClock()
  const lines: string[] = []
  const log = createLog('info', (line) => lines.push(line))

  const start = async () => {
    const jobs = createJobs(database, log, { duePollMs })
    await jobs.start()
    const deps = { database, sealer, clock, log, enqueue: jobs.enqueue, guard, publicUrl }
    const deliverer = createDeliverer({ ...deps, metrics: noMetrics, ...(random && { random }) })
    if (!idle) {
      await startWebhookWorkers({ jobs, database, clock, deliverer, log })
      await jobs.sweeps.start()
    }
    const stop = async () => {
      await jobs.stop()
      await deliverer.close()
    }
    return { jobs, stop }
  }
  let running = await start()
  onTestFinished(async ({ task }) => {
    await running.stop()
    await stored.done(task.result?.state === 'fail')
  })

  const caller: Webhooks['caller'] = async (territories = 'all') => {
    const given = { name: 'test', scopes, now: clock.now() }
    const { key } = await database.transaction((tx) =>
      createKey(tx, { ...given, territories: territories === 'all' ? [] : territories }),
    )
    return { keyId: key.id, territories }
  }

  return {
    database,
    get jobs() {
      return running.jobs
    },
    clock,
    lines,
    caller,
    endpoint: async (url, { events = [], territories = [], caller: known } = {}) => {
      const whose = known ?? (await caller())
      const checked = await checkAddress(url, guard)
      const { endpoint, secret } = await database.transaction((tx) =>
        createEndpoint(
          tx,
          { sealer },
          { caller: whose, url: checked, events, territories, now: clock.now() },
        ),
      )
      return { id: endpoint.id, secret, caller: whose }
    },
    deliveries: async () => {
      const rows = await database.prisma.webhookDelivery.findMany({
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        include: { event: { select: { type: true, requestId: true, sequence: true } } },
      })
      return rows.map(({ event, ...row }) => ({ ...row, ...event }) as Delivery)
    },
    pass: async (ms) => {
      clock.forward(ms)
      await expect.poll(() => active(database)).toBe(0)
      await makeDue(database, 'webhook-delivery')
      await sleep(0)
    },
    restart: async () => {
      await running.stop()
      running = await start()
    },
  }
}

/** On a server, one of an earlier test. */
const ownDatabase = async (): Promise<{ database: Database; done(red: boolean): Promise<void> }> => {
  if (inject('database') === 'embedded') {
    const { database, dispose } = await openTestDatabase()
    return { database, done: dispose }
  }
  const { database, giveBack } = await takeDatabase()
  return { database, done: giveBack }
}

const active = async ({ prisma }: Database): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'webhook-delivery' AND state = 'active'`
  return row?.count ?? 0
}
