import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '#core/log.ts'
import type { Database, Tx } from './database.ts'
import { directFrom } from './direct.ts'
import { forgetReadings, noteDestroyed } from './keys/known-keys.ts'
import { hasServer, ownConnection } from './own-connection.ts'

// What instances tell each other with the commit that does it. A destroyed key: none opens with it what it has read before. A change
// to one of the centre's lists, which a trigger tells: each has them in memory.

const destroyedKeys = 'ryadom_keys_destroyed'
const centreLists = 'ryadom_centre_lists'
/** A notice holds 8,000 bytes at most. */
const idsANotice = 300
const tryAgainMs = 1_000
/** A connection that has died without a word is found out by this (ms). Until then nothing is told; see where it is heard. */
const probeMs = 30_000

/** Tells the other instances, once the transaction is committed. */
export const tellDestroyed = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  for (let from = 0; from < ids.length; from += idsANotice)
    await directFrom(
      tx,
    )`SELECT pg_notify(${destroyedKeys}, ${ids.slice(from, from + idsANotice).join(',')})::text AS told`
}

export type News = { stop(): Promise<void> }

/** Whether this database has other instances to hear of: the embedded one has a single process. */
export const hasNews = ({ boss }: Database): boolean => hasServer(boss)

/**
 * Hears which keys other instances destroy, and calls `onLists` when one of the centre's lists has changed. A lost connection is made
 * anew. Keys of which nothing was heard meanwhile are read again with the next rows, as they are after ten seconds in any case; lists
 * are looked at.
 */
export const hearNews = (database: Database, log: Log, onLists: () => void): News => {
  const { boss } = database
  if (!hasServer(boss)) return { stop: async () => {} }
  const stopping = new AbortController()
  const { signal } = stopping

  const listen = async (): Promise<void> => {
    const client = ownConnection(boss, 'ryadom-keys')
    const lost = new AbortController()
    client.on('error', () => lost.abort())
    client.on('end', () => lost.abort())
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === centreLists) onLists()
      else noteDestroyed(payload.split(','))
    })
    try {
      await client.connect()
      await client.query(`LISTEN ${destroyedKeys}; LISTEN ${centreLists}`)
      forgetReadings()
      onLists()
      const until = AbortSignal.any([signal, lost.signal])
      while (!until.aborted) {
        await pause(probeMs, undefined, { signal: until, ref: false }).catch(() => {})
        if (!until.aborted) await client.query('SELECT 1')
      }
    } finally {
      // Whoever does not answer is not waited for.
      const late = pause(tryAgainMs, undefined, { ref: false })
      await Promise.race([client.end().catch(() => {}), late])
    }
  }

  const listening = (async () => {
    let warned = false
    while (!signal.aborted) {
      try {
        await listen()
        warned = false
      } catch (error) {
        // The database may be away for long: said once.
        if (!signal.aborted && !warned) log.warn('keys.news-lost', { error })
        warned = true
      }
      await pause(tryAgainMs, undefined, { signal, ref: false }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await listening
    },
  }
}
