import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '#core/log.ts'
import type { Database, Tx } from '../database.ts'
import { directFrom } from '../direct.ts'
import { forgetReadings, noteDestroyed } from './known-keys.ts'

// A destroyed key is told to the other instances with the commit that destroys it: none opens with it what it has read before.

const channel = 'ryadom_keys_destroyed'
/** A notice holds 8,000 bytes at most. */
const idsANotice = 300
const tryAgainMs = 1_000
/** A connection that has died without a word is found out by this (ms). */
const probeMs = 5_000

/** Tells the other instances, once the transaction is committed. */
export const tellDestroyed = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  for (let from = 0; from < ids.length; from += idsANotice)
    await directFrom(
      tx,
    )`SELECT pg_notify(${channel}, ${ids.slice(from, from + idsANotice).join(',')})::text AS told`
}

export type KeyNews = { stop(): Promise<void> }

/**
 * Hears which keys other instances destroy. A lost connection is made anew; what was missed meanwhile is read again with the next rows,
 * as it is after ten seconds in any case. The embedded database has a single process.
 */
export const hearOfDestroyed = (database: Database, log: Log): KeyNews => {
  const { connectionString, connectionTimeoutMillis } = database.boss
  if (!connectionString) return { stop: async () => {} }
  const stopping = new AbortController()
  const { signal } = stopping

  const listen = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString,
      ...(connectionTimeoutMillis !== undefined && {
        connectionTimeoutMillis,
        query_timeout: connectionTimeoutMillis,
      }),
      keepAlive: true,
      application_name: 'ryadom-keys',
    })
    const lost = new AbortController()
    client.on('error', () => lost.abort())
    client.on('end', () => lost.abort())
    client.on('notification', ({ payload = '' }) => noteDestroyed(payload.split(',')))
    try {
      await client.connect()
      await client.query(`LISTEN ${channel}`)
      forgetReadings()
      const until = AbortSignal.any([signal, lost.signal])
      while (!until.aborted) {
        await pause(probeMs, undefined, { signal: until, ref: false }).catch(() => {})
        if (!until.aborted) await client.query('SELECT 1')
      }
    } finally {
      await client.end().catch(() => {})
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
