import pg from 'pg'
import { StartRefused } from '#core/start-refused.ts'
import type { Database } from './database.ts'

/**
 * Throws StartRefused if a pooler hands a connection to somebody else between two transactions. Locks of sessions, LISTEN
 * and prepared statements are lost there, so the app would fail now and then, and never at the start. Two clients
 * must be on two servers, and each stay on its own, while one of them is in a transaction.
 */
export const refuseTransactionPooler = async ({ boss }: Database): Promise<void> => {
  const { connectionString, connectionTimeoutMillis = 2_000 } = boss
  if (!connectionString) return
  const connect = async () => {
    const client = new pg.Client({
      connectionString,
      connectionTimeoutMillis,
      query_timeout: connectionTimeoutMillis,
      application_name: 'ryadom-start',
    })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  const serverOf = async (client: pg.Client): Promise<number> =>
    (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid ?? 0

  const first = await connect()
  const second = await connect()
  try {
    const before = await serverOf(first)
    await second.query('BEGIN')
    // A pooler with one server has no other for the first client: it must not be asked.
    if ((await serverOf(second)) === before || (await serverOf(first)) !== before)
      throw betweenUs(connectionString)
    await second.query('ROLLBACK')
  } finally {
    await Promise.all([first.end(), second.end()].map((ended) => ended.catch(() => undefined)))
  }
}

/**
 * Throws StartRefused if connections of the pool are not in UTC, which the drivers read timestamps as: a pooler that is
 * told to ignore startup parameters drops the zone that they are opened with, and every moment would be hours off.
 */
export const refuseOtherTimeZone = async ({ boss, sql }: Database): Promise<void> => {
  const [row] = await sql.query<{ zone: string }>(
    'time-zone',
    `SELECT current_setting('TimeZone') AS zone`,
    [],
  )
  if (!row || ['UTC', 'Etc/UTC', 'GMT'].includes(row.zone)) return
  const at = boss.connectionString ? ` at ${new URL(boss.connectionString).host}` : ''
  throw new StartRefused(
    'database.time-zone',
    `The database${at} answers in the time zone ${row.zone}, so a pooler dropped what connections are opened with: name PostgreSQL itself in DATABASE_URL, or say ALTER ROLE … SET timezone = 'UTC' for its user`,
  )
}

const betweenUs = (url: string): StartRefused =>
  new StartRefused(
    'database.pooler',
    `A connection pooler in transaction mode answers at ${new URL(url).host}: name PostgreSQL itself in DATABASE_URL, or a pool in session mode`,
  )
