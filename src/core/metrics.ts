import type { Gauge, Registry } from 'prom-client'
import type { Log } from './log.ts'

/** What became of an update: `again` is delivered once more, `outage` was answered without the database. */
export type UpdateResult = 'done' | 'again' | 'quarantined' | 'crowded' | 'outage'

/** A value that is read when somebody asks. `labels` are codes of ours: queues, states, never a person's words or ids. */
export type Reading = { name: GaugeName; labels?: Record<string, string>; value: number }

/** Counts what the product does, for Prometheus. No label names a person, a family or a member of the staff. */
export type Metrics = {
  update(kind: string, result: UpdateResult, seconds: number): void
  /** A call of a messenger's API. */
  call(method: string, result: string): void
  job(queue: string, result: string): void
  /** An attempt to deliver a webhook. */
  attempt(outcome: string, seconds: number): void
  /** Reads these at each scrape; what cannot be read is left out of it. */
  watch(read: () => Promise<Reading[]> | Reading[]): void
  /** The text format of Prometheus. */
  text(): Promise<string>
  close(): void
}

const gauges = {
  dependency_up: 'Whether a dependency answers: 1 or 0.',
  jobs_waiting: 'Jobs that are due and have not begun.',
  jobs_oldest_seconds: 'How long the oldest of them has been due, in seconds.',
  dead_letters: 'Jobs that were given up and wait for somebody to look.',
  quarantined: 'Updates that failed five times and wait for somebody to look.',
  waiting: 'What waits for a person of the centre: urgent, request, words, danger.',
  waiting_oldest_seconds: 'How long the oldest of it has waited, in seconds.',
  promises_open: 'Hours that a family was told and that are not over.',
  promises_late: 'Hours that a family was told, which passed without a word.',
  promises_ended: 'Promises that ended in the last seven days, kept in time or not.',
  webhooks_pending: 'Deliveries that wait for their next attempt.',
  webhooks_oldest_seconds: 'How long the oldest of them has waited, in seconds.',
  webhooks_paused: 'Endpoints that were paused because they kept failing.',
  pool_connections: 'Connections of the pool: open, idle, and callers who wait for one.',
}

export type GaugeName = keyof typeof gauges

/** Without anybody who reads them nothing is counted. */
export const noMetrics: Metrics = {
  update: () => {},
  call: () => {},
  job: () => {},
  attempt: () => {},
  watch: () => {},
  text: async () => '',
  close: () => {},
}

const kinds = ['message', 'edited_message', 'callback_query']

/** An answer is fast below the first bounds; the last is where Telegram gives up waiting. */
const answerSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60]

/** Counters of one app, which begin at zero with it. */
export const openMetrics = async (log: Log): Promise<Metrics> => {
  // Loaded only where somebody reads them.
  const prom = (await import('prom-client')).default
  const registry: Registry = new prom.Registry()
  prom.collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const updates = new prom.Histogram({
    name: 'ryadom_update_seconds',
    help: 'From receiving an update to its last answer, by what it was and what became of it.',
    labelNames: ['kind', 'result'],
    buckets: answerSeconds,
    registers,
  })
  const calls = new prom.Counter({
    name: 'ryadom_sends_total',
    help: 'Calls of the Bot API by method and result.',
    labelNames: ['method', 'result'],
    registers,
  })
  const jobs = new prom.Counter({
    name: 'ryadom_jobs_total',
    help: 'Jobs that ended, by queue and result.',
    labelNames: ['queue', 'result'],
    registers,
  })
  const attempts = new prom.Histogram({
    name: 'ryadom_webhook_attempt_seconds',
    help: 'Attempts to deliver a webhook, by outcome.',
    labelNames: ['outcome'],
    buckets: answerSeconds,
    registers,
  })
  // What has not happened yet is zero, and not absent: the first time would be no increase.
  for (const result of ['again', 'quarantined']) for (const kind of kinds) updates.zero({ kind, result })
  for (const method of ['sendMessage', 'editMessageText', 'answerCallbackQuery'])
    for (const result of ['broken', 'later']) calls.inc({ method, result }, 0)
  const made = new Map<GaugeName, Gauge>()
  const readers: (() => Promise<Reading[]> | Reading[])[] = []

  const gauge = (name: GaugeName, labelNames: string[]): Gauge => {
    const known = made.get(name)
    if (known) return known
    const created = new prom.Gauge({ name: `ryadom_${name}`, help: gauges[name], labelNames, registers })
    made.set(name, created)
    return created
  }
  /** What is no longer said must not stay: a queue that is empty has no oldest job. */
  const refresh = async () => {
    const read = await Promise.allSettled(readers.map(async (one) => one()))
    for (const one of made.values()) one.reset()
    for (const one of read)
      if (one.status === 'rejected') log.warn('metrics.not-read', { error: one.reason })
      else
        for (const { name, labels = {}, value } of one.value)
          gauge(name, Object.keys(labels)).set(labels, value)
  }
  return {
    update: (kind, result, seconds) => updates.observe({ kind, result }, seconds),
    call: (method, result) => calls.inc({ method, result }),
    job: (queue, result) => jobs.inc({ queue, result }),
    attempt: (outcome, seconds) => attempts.observe({ outcome }, seconds),
    watch: (read) => void readers.push(read),
    text: async () => {
      await refresh()
      return registry.metrics()
    },
    close: () => registry.clear(),
  }
}
