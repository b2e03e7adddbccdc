import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from '#core/log.ts'
import type { Database } from './database.ts'
import { hasServer, ownConnection } from './own-connection.ts'

export type LeaderLock = {
  /**
   * Resolves once this process holds the lock. Also resolves if the database is unavailable and this process held the
   * lock last, as no other instance can acquire it then, or has never known who holds it.
   */
  hold(signal: AbortSignal): Promise<void>
  /** False if it goes on without the lock, because the database is unavailable. */
  isHeld(): boolean
  release(): Promise<void>
}

const tryAgainMs = 1_000

/**
 * Creates a lock that one instance holds at a time, based on a PostgreSQL session lock. A process that dies or loses
 * its connection loses the lock, and another instance takes over. While the database is unavailable nobody can acquire
 * it, so the last holder continues; an instance that is started meanwhile does not know of one and begins, too. The
 * embedded database has a single process and needs no lock.
 */
export const createLeaderLock = (database: Database, name: string, log: Log): LeaderLock => {
  const { boss } = database
  let holder: pg.Client | undefined
  /** Whether another instance may hold the lock. */
  let others = false
  let attempt: Promise<void> | undefined
  let unavailable = false
  let resting = false
  if (!hasServer(boss)) return { hold: async () => {}, isHeld: () => true, release: async () => {} }

  const take = async (): Promise<boolean> => {
    const client = ownConnection(boss, `ryadom-${name}`)
    client.on('error', (error) => log.warn('leader-lock.connection-lost', { lock: name, error }))
    client.on('end', () => {
      if (holder === client) holder = undefined
    })
    try {
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
    } catch (error) {
      // A slow server may give the lock after nobody waits for it: a connection left open would hold it for good.
      void client.end().catch(() => undefined)
      throw error
    }
    void client.end().catch(() => undefined)
    return false
  }

  const tryOnce = async (): Promise<void> => {
    const taken = await take().catch((error: unknown) => {
      log.warn('leader-lock.not-taken', { lock: name, error })
      return undefined
    })
    unavailable = taken === undefined
    if (taken !== undefined) others = !taken
    if (taken) return
    resting = true
    setTimeout(() => {
      resting = false
    }, tryAgainMs).unref()
  }

  return {
    hold: async (signal) => {
      while (!holder && !signal.aborted) {
        if (!resting)
          attempt ??= tryOnce().finally(() => {
            attempt = undefined
          })
        // A server that does not answer takes seconds for each attempt: only the first one is waited for.
        if (unavailable && !others) return
        await (attempt ?? pause(tryAgainMs, undefined, { signal }).catch(() => undefined))
      }
    },
    isHeld: () => holder !== undefined,
    release: async () => {
      await attempt
      const client = holder
      holder = undefined
      await client?.end()
    },
  }
}
