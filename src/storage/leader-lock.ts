import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#core/log.ts'
import type { Database } from './database.ts'

export type LeaderLock = {
  /**
   * Resolves once this process holds the lock. Also resolves if it held the lock last and the database is unavailable:
   * no other instance can acquire the lock then.
   */
  hold(signal: AbortSignal): Promise<void>
  release(): Promise<void>
}

const tryAgainMs = 1_000

/**
 * Creates a lock that one instance holds at a time, based on a PostgreSQL session lock. A process that dies or loses
 * its connection loses the lock, and another instance takes over. While the database is unavailable nobody can acquire
 * it, so the last holder continues. The embedded database has a single process and needs no lock.
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
