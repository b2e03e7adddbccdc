import type { StorageAdapter } from 'grammy'
import RedisSession from 'telegraf-session-redis'
import type { Log } from '#core/log.ts'
import { readSession } from '#dialogue/read-session.ts'
import type { Session } from '#dialogue/session.ts'
import type { NextTurn } from './rate-limiter.ts'

export type Sessions = {
  storage: StorageAdapter<Session>
  /** Whether Redis is available; always true without Redis. */
  healthy(): boolean
  /** Rate limit slots shared by all instances; absent without Redis. */
  nextTurn?: NextTurn
  close(): Promise<void>
}

const keptSeconds = 48 * 60 * 60
const slowMs = 1000
const mostInMemory = 20_000

/** The package's actual interface; its types describe an earlier version. */
type RedisStore = {
  client: RedisSession['client']
  clearSession(key: string): Promise<unknown>
}

/**
 * Stores the screens of persons: in Redis for 48 h, or in memory without it. The latest ones are also kept in this
 * process, so that nobody notices an outage of Redis in the middle of a questionnaire.
 */
export const createSessions = async (redisUrl: string | undefined, log: Log): Promise<Sessions> => {
  const memory = new Map<string, string>()
  /** Keys whose local copy is newer than the one in Redis. */
  const unsaved = new Set<string>()
  const remember = (key: string, json: string) => {
    memory.delete(key)
    memory.set(key, json)
    for (const oldest of memory.keys()) {
      if (memory.size <= mostInMemory) break
      memory.delete(oldest)
      unsaved.delete(oldest)
    }
  }
  const recall = (key: string) => {
    const kept = memory.get(key)
    // JSON written by this process needs no validation.
    return kept === undefined ? undefined : (JSON.parse(kept) as Session)
  }
  if (!redisUrl) {
    return {
      storage: {
        read: recall,
        write: (key, session) => remember(key, JSON.stringify(session)),
        delete: (key) => void memory.delete(key),
      },
      healthy: () => true,
      close: async () => {},
    }
  }

  const { hostname, port } = new URL(redisUrl)
  const store = {
    url: redisUrl,
    host: hostname,
    port: port || 6379,
    // Without a connection, commands fail at once instead of waiting.
    enable_offline_queue: false,
    retry_strategy: ({ attempt }: { attempt: number }) => Math.min(attempt * 200, 2000),
  }
  const redis = new RedisSession({ ttl: keptSeconds, store }) as unknown as RedisStore
  const together = createTogether(redis)
  let healthy = false
  redis.client.on('error', (error: unknown) => log.warn('redis.error', { error }))
  redis.client.on('ready', () => {
    healthy = true
    log.info('redis.ready')
  })
  redis.client.on('end', () => {
    healthy = false
  })
  await Promise.race([new Promise((resolve) => redis.client.once('ready', resolve)), pause(slowMs)])

  return {
    storage: {
      read: async (key) => {
        if (unsaved.has(key)) return recall(key)
        together()
        return within(load(redis, key)).then(
          (json) => (json !== null && json === memory.get(key) ? recall(key) : sessionOrNone(json)),
          () => recall(key),
        )
      },
      write: async (key, session) => {
        const json = JSON.stringify(session)
        remember(key, json)
        try {
          together()
          await within(save(redis, key, json))
          unsaved.delete(key)
        } catch (error) {
          log.warn('session.kept-in-memory', { error })
          unsaved.add(key)
        }
      },
      delete: async (key) => {
        memory.delete(key)
        unsaved.delete(key)
        await within(redis.clearSession(key)).catch((error: unknown) =>
          log.warn('session.not-deleted', { error }),
        )
      },
    },
    healthy: () => healthy,
    nextTurn: (everyMs) => within(nextTurn(redis, everyMs)),
    close: () => new Promise((resolve) => redis.client.quit(() => resolve())),
  }
}

/**
 * Sends the commands of one turn of the event loop in one write: a socket write costs more than a command. Their
 * order is unchanged.
 */
const createTogether = ({ client }: RedisStore) => {
  let corked = false
  return () => {
    if (corked) return
    corked = true
    const { stream } = client
    stream.cork()
    setImmediate(() => {
      corked = false
      stream.uncork()
    })
  }
}

/** Like the package's `getSession`, but without parsing. */
const load = ({ client }: RedisStore, key: string): Promise<string | null> =>
  new Promise((resolve, reject) => {
    client.get(key, (error, json) => (error ? reject(error) : resolve(json)))
  })

/** The package's `saveSession` sets the expiry in a second command; one command leaves no key without expiry. */
const save = (redis: RedisStore, key: string, json: string): Promise<void> =>
  new Promise((resolve, reject) => {
    redis.client.set(key, json, 'EX', keptSeconds, (error) => (error ? reject(error) : resolve()))
  })

/** Reserves the first free slot atomically, by the clock of Redis. */
const takeTurn = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local turn = math.max(now, tonumber(redis.call('GET', KEYS[1]) or '0'))
redis.call('SET', KEYS[1], turn + ARGV[1], 'PX', 60000)
return turn - now`

const nextTurn = (redis: RedisStore, everyMs: number): Promise<number> =>
  new Promise((resolve, reject) => {
    redis.client.eval(takeTurn, 1, 'pace', everyMs, (error: Error | null, ms: number) =>
      error ? reject(error) : resolve(ms),
    )
  })

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

/** Redis answers in less than a millisecond; one that takes a second counts as unavailable. */
const within = <T>(answer: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    // The error is created only when needed: its stack costs more than the command.
    const timer = setTimeout(() => reject(new Error('slow')), slowMs)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
