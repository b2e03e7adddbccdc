import { once } from 'node:events'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Redis } from 'ioredis'
import type { Log } from '#core/log.ts'
import { withTimeout } from '#storage/time-limit.ts'
import { HttpProblem } from './problems.ts'

/** Where calls are counted: in Redis, or in memory if there is none. */
export type CounterStore = {
  /** One connection serves all counters. */
  redis?: Redis | undefined
  /** The id of the bot: installations that share a Redis do not count each other's calls. */
  botId: string
  /** Names a key or an address in the store, which must not hold it in the clear. */
  conceal: (key: string) => string
}

type Settings = CounterStore & {
  /** Calls per minute and key. */
  perMinute: number
}

/**
 * Limits calls per key, or per IP address without a key. Counts in Redis, shared by all instances, or in memory if
 * there is none. Fails open while Redis is unreachable. Responses carry `RateLimit-Limit`, `-Remaining` and `-Reset`.
 */
export const limitRate = async (
  app: FastifyInstance,
  { redis, botId, conceal, perMinute }: Settings,
): Promise<void> => {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => conceal(request.caller?.keyId ?? request.ip),
    enableDraftSpec: true,
    skipOnError: true,
    nameSpace: `ryadom-api-${botId}-`,
    errorResponseBuilder: () => new HttpProblem('too-many-requests'),
    ...(redis && { redis }),
  })
  // The plugin counts routes only; without this, unknown paths would be a free place to guess keys.
  const count = app.rateLimit()
  app.addHook('onRequest', async function (request, reply) {
    if (request.is404) await count.call(this, request, reply)
  })
}

export type Counted = { exceeded: boolean /** Until the next attempt. */; seconds: number }

/**
 * Creates a counter per minute and arbitrary key, for pages outside the API. Uses the same store as `limitRate` and
 * also fails open.
 */
export const createCounter = async (
  app: FastifyInstance,
  { redis, botId, conceal, perMinute, name }: Settings & { name: string },
): Promise<(key: string, request: FastifyRequest) => Promise<Counted>> => {
  const keys = new WeakMap<FastifyRequest, string>()
  await app.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => conceal(keys.get(request) ?? request.ip),
    skipOnError: true,
    nameSpace: `ryadom-${name}-${botId}-`,
    ...(redis && { redis }),
  })
  const count = app.createRateLimit()
  return async (key, request) => {
    keys.set(request, key)
    const counted = await count(request)
    return counted.isAllowed
      ? { exceeded: false, seconds: 0 }
      : { exceeded: counted.isExceeded, seconds: counted.ttlInSeconds }
  }
}

/** A call never waits for the counter, but the first one for its connection, so long (ms): otherwise it would not be counted. */
const connectMs = 500

/** Connects to the store of counters, until the server closes. */
export const connectCounters = async (app: FastifyInstance, url: string, log: Log): Promise<Redis> => {
  const redis = new Redis(url, {
    // A call never waits for the counter.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    // The check sends INFO on every connection, and logs an error if the app stops meanwhile.
    enableReadyCheck: false,
    // No call waits for the connection, so it may be slow.
    connectTimeout: 2_000,
    commandTimeout: 500,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
  })
  redis.on('error', (error) => log.warn('api.redis-error', { error }))
  app.addHook('onClose', () => redis.disconnect())
  await withTimeout(connectMs, once(redis, 'ready')).catch(() => undefined)
  return redis
}
