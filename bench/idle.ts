import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { before } from './before.ts'
import type { Running } from './rounds.ts'
import { atMost, type Verdict } from './verdicts.ts'

/** After this long a start is over: code is compiled, connections stand. */
const settleSeconds = 15
const limits = { residentMiB: 220, transactions: 3, cpuPercent: 0.3, dueSeconds: 2 }
const dueJobs = 8

/** What the product costs while nobody does anything, and how soon it begins what has become due meanwhile. */
export const measureIdle = async ({ bot, postgres }: Running, seconds: number): Promise<Verdict[]> => {
  const url = new URL(postgres)
  const database = url.pathname.slice(1)
  // Asked from another database, so that asking does not count.
  const client = new Client({ connectionString: new URL('/postgres', url).href })
  await client.connect()
  const transactions = async (): Promise<number> => {
    const { rows } = await client.query<{ count: number }>(
      'SELECT (xact_commit + xact_rollback)::float AS count FROM pg_stat_database WHERE datname = $1',
      [database],
    )
    return rows[0]?.count ?? Number.NaN
  }
  try {
    await pause(settleSeconds * 1000)
    const from = { at: performance.now(), cpu: bot.cpuSeconds(), transactions: await transactions() }
    await pause(seconds * 1000)
    const residentMiB = bot.residentMiB()
    const passed = (performance.now() - from.at) / 1000
    const each = ((await transactions()) - from.transactions) / passed
    const cpu = ((bot.cpuSeconds() - from.cpu) / passed) * 100
    return [
      atMost('idle: memory', residentMiB, { limit: limits.residentMiB, unit: 'MiB' }),
      atMost('idle: transactions a second', each, {
        limit: limits.transactions,
        unit: '',
        digits: 2,
        before: before.transactionsPerSecond,
      }),
      atMost('idle: processor, of one core', cpu, {
        limit: limits.cpuPercent,
        unit: '%',
        digits: 2,
        before: before.idleCpuPercent,
      }),
      atMost('idle: the latest begin of a due job', await latestBegin(postgres), {
        limit: limits.dueSeconds,
        unit: 's',
        digits: 2,
      }),
    ]
  } finally {
    await client.end()
  }
}

/** Jobs for moments that are spread over the interval at which the product looks; seconds of the slowest. */
const latestBegin = async (postgres: string): Promise<number> => {
  const client = new Client({ connectionString: postgres })
  await client.connect()
  try {
    await client.query(
      `INSERT INTO pgboss.job (name, data, start_after)
       SELECT 'push', '{"pushId": "00000000-0000-7000-8000-000000000000"}', now() + make_interval(secs => 2 + n * 0.7)
       FROM generate_series(1, $1::int) AS n`,
      [dueJobs],
    )
    await pause((2 + dueJobs * 0.7 + 2 * limits.dueSeconds) * 1000)
    const { rows } = await client.query<{ begun: number; latest: number }>(
      `SELECT count(started_on)::int AS begun, max(extract(epoch FROM started_on - start_after))::float AS latest
       FROM pgboss.job WHERE name = 'push'`,
    )
    const [row] = rows
    return row?.begun === dueJobs ? row.latest : Number.POSITIVE_INFINITY
  } finally {
    await client.end()
  }
}
