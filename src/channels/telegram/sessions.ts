import type { Log } from '#core/log.ts'
import { readSession } from '#dialogue/read-session.ts'
import { mayComeBack, type Session } from '#dialogue/session.ts'
import type { Sealer } from '#storage/seal.ts'
import { createConcealed } from './concealed-sessions.ts'
import { type SessionsWithEnds, withEnds } from './ended-sessions.ts'
import type { NextTurn } from './rate-limiter.ts'
import { openRedisStore } from './redis-store.ts'

export type Sessions = SessionsWithEnds & {
  /** Whether Redis is available; always true without Redis. */
  healthy(): boolean
  /** Rate limit slots shared by all instances; absent without Redis. */
  nextTurn?: NextTurn
  close(): Promise<void>
}

const connectMs = 1000
const mostInMemory = 20_000

/** A session as this process wrote it; `mark` is of what Redis holds, `run` which start of Redis got it. */
type Kept = { json: string; mark: string; run?: string | undefined }

/** The end of a sealed value differs with every write, and tells whether it is still the one that was written. */
const markOf = (sealed: string): string => sealed.slice(-markLength)
const markLength = 12

/**
 * Stores the screens of persons: in Redis for 48 h, sealed and under a keyed hash of the account, or in memory without
 * it. The latest ones are also kept in this process, so that nobody notices an outage of Redis in the middle of a
 * questionnaire.
 */
export const createSessions = async (
  redisUrl: string | undefined,
  sealer: Sealer,
  log: Log,
): Promise<Sessions> => {
  const memory = new Map<string, Kept>()
  /** Accounts whose local state is newer than the one in Redis; one without a local copy has been forgotten. */
  const unsaved = new Set<string>()
  const remember = (account: string, kept: Kept) => {
    memory.delete(account)
    memory.set(account, kept)
    for (const oldest of memory.keys()) {
      if (memory.size <= mostInMemory) break
      memory.delete(oldest)
      unsaved.delete(oldest)
    }
  }
  const recall = (account: string) => {
    const kept = memory.get(account)
    // JSON written by this process needs no validation.
    return kept === undefined ? undefined : (JSON.parse(kept.json) as Session)
  }
  if (!redisUrl) {
    return {
      ...withEnds({
        read: recall,
        write: (account, session) => remember(account, { json: JSON.stringify(session), mark: '' }),
        delete: (account) => void memory.delete(account),
      }),
      healthy: () => true,
      close: async () => {},
    }
  }

  const concealed = createConcealed(sealer)
  const redis = openRedisStore(redisUrl)
  /** Names under which a session was found, to be cleared once it stands under today's. */
  const outdated = new Map<string, readonly string[]>()

  /** What a Redis that was restarted has lost, and this process still holds. Redis keeps nothing on a disk. */
  const lostBy = (account: string, kept: Kept | undefined): Session | undefined => {
    const run = redis.run()
    if (kept?.run === undefined || run === undefined || kept.run === run) return undefined
    const session = recall(account)
    return session && mayComeBack(session) ? session : undefined
  }

  const load = async (account: string): Promise<Session | undefined> => {
    const kept = memory.get(account)
    const all = concealed.names(account)
    // Unchanged since this process wrote it: nothing to fetch, nothing to open, nothing to validate.
    if (kept && (await redis.tail(all[0], markLength)) === kept.mark) return recall(account)
    // What this process wrote stands under today's name.
    const names = kept ? all.slice(0, 1) : all
    const values = await redis.load(names)
    const value = values.find((found) => found !== null) ?? null
    if (value === null) return lostBy(account, kept)
    const earlier = names.filter((_, n) => n > 0 && values[n] !== null)
    if (earlier.length > 0) outdated.set(account, earlier)
    const json = concealed.open(account, names[values.indexOf(value)] ?? account, value)
    if (json === null) log.warn('session.unreadable')
    const session = sessionOrNone(json)
    // Written by another process: what this one held is older.
    if (kept && session)
      remember(account, { json: JSON.stringify(session), mark: markOf(value), run: redis.run() })
    return session
  }

  const forget = async (account: string) => {
    memory.delete(account)
    outdated.delete(account)
    try {
      await redis.clear(concealed.names(account))
      unsaved.delete(account)
    } catch (error) {
      log.warn('session.not-deleted', { error })
      // Until Redis is back, nobody reads it.
      unsaved.add(account)
    }
  }

  let healthy = false
  redis.client.on('error', (error: unknown) => log.warn('redis.error', { error }))
  redis.client.on('ready', () => {
    healthy = true
    log.info('redis.ready')
    for (const account of unsaved) if (!memory.has(account)) void forget(account)
  })
  redis.client.on('end', () => {
    healthy = false
  })
  await Promise.race([new Promise((resolve) => redis.client.once('ready', resolve)), pause(connectMs)])

  return {
    ...withEnds({
      read: (account) =>
        unsaved.has(account) ? recall(account) : load(account).catch(() => recall(account)),
      write: async (account, session) => {
        const json = JSON.stringify(session)
        const sealed = concealed.seal(account, json)
        remember(account, { json, mark: markOf(sealed), run: redis.run() })
        const [today, ...earlier] = concealed.names(account)
        // What could not be forgotten may stand under any name.
        const clear = unsaved.has(account) ? earlier : (outdated.get(account) ?? [])
        try {
          await redis.save(today, sealed, clear)
          unsaved.delete(account)
          outdated.delete(account)
        } catch (error) {
          log.warn('session.kept-in-memory', { error })
          unsaved.add(account)
        }
      },
      delete: forget,
    }),
    healthy: () => healthy,
    nextTurn: redis.nextTurn,
    close: () =>
      new Promise((resolve) => {
        // A Redis that is silent does not say goodbye.
        const late = setTimeout(() => {
          redis.client.end(false)
          resolve()
        }, connectMs)
        redis.client.quit(() => {
          clearTimeout(late)
          resolve()
        })
      }),
  }
}

const sessionOrNone = (json: string | null): Session | undefined => {
  const kept = parsed(json ?? '')
  return kept && typeof kept === 'object' && Object.keys(kept).length > 0 ? readSession(kept) : undefined
}

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    // Truncated or foreign data counts as no session.
    return undefined
  }
}

const pause = (ms: number) =>
  new Promise<never>((_, reject) => setTimeout(reject, ms, new Error('slow')).unref()).catch(() => undefined)
