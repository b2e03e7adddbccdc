import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#core/log.ts'
import type { Database } from './database.ts'

export type LeaderLock = {
  /**
   * Resolves when this process is the only one of all instances that has the part; at once when it has it, and
   * when it had it last and the database, which alone knows better, is away.
   */
  hold(signal: AbortSignal): Promise<void>
  release(): Promise<void>
}

const tryAgainMs = 1_000

/**
 * A part that only one instance may play at a time, as a session lock of PostgreSQL: a process that dies, or
 * loses its connection, loses the part, and another takes it. While the database is away nobody can, so whoever
 * had the part goes on with it. The embedded database has one process anyway.
 */
export const createLeaderLock = (database: Database, name: string, log: Log): LeaderLock => {
  const { connectionString, connectionTimeoutMillis } = database.boss
  let holder: pg.Client | undefined
  let hadItLast = false
  if (!connectionString) return { hold: async () => {}, release: async () => {} }

  const take = async (): Promise<boolean> => {
    const client = new pg.Client({
      connectionString,
      ...(connectionTimeoutMillis !== undefined && { connectionTimeoutMillis }),
      keepAlive: true,
      application_name: `ryadom-${name}`,
    })
    client.on('error', (error) => log.warn('leader-lock.connection-lost', { lock: name, error }))
    client.on('end', () => {
      if (holder === client) holder = undefined
    })
    await client.connect()
    const { rows } = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock(hashtext($1)) AS taken',
      [`ryadom.${name}`],
    )
    if (rows[0]?.taken) {
      holder = client
      log.info('leader-lock.taken', { lock: name })
      return true
    }
    await client.end()
    return false
  }

  return {
    hold: async (signal) => {
      while (!holder && !signal.aborted) {
        const taken = await take().catch((error: unknown) => {
          log.warn('leader-lock.not-taken', { lock: name, error })
          return undefined
        })
        if (taken === undefined && hadItLast) return
        hadItLast = taken === true
        if (!taken) await pause(tryAgainMs, undefined, { signal }).catch(() => undefined)
      }
    },
    release: async () => {
      const client = holder
      holder = undefined
      await client?.end()
    },
  }
}
