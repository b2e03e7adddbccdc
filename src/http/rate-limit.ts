import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Redis } from 'ioredis'
import type { Log } from '#core/log.ts'
import { HttpProblem } from './problems.ts'

type Settings = { redisUrl?: string | undefined /** Calls a minute and key. */; perMinute: number; log: Log }

/**
 * Limits the calls of each key, and of each address that has none: counted in Redis for all instances together, in
 * memory without it. Redis being away limits nobody. Answers carry `RateLimit-Limit`, `-Remaining` and `-Reset`.
 */
export const limitRate = async (
  app: FastifyInstance,
  { redisUrl, perMinute, log }: Settings,
): Promise<void> => {
  const redis = redisUrl === undefined ? undefined : connect(redisUrl, log)
  if (redis) app.addHook('onClose', () => redis.disconnect())
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => request.caller?.keyId ?? request.ip,
    enableDraftSpec: true,
    skipOnError: true,
    nameSpace: 'ryadom-api-',
    errorResponseBuilder: () => new HttpProblem('too-many-requests'),
    ...(redis && { redis }),
  })
  // Routes count their calls themselves; what is no route would be free, and so a place to try keys at.
  const count = app.rateLimit()
  app.addHook('onRequest', async function (request, reply) {
    if (request.is404) await count.call(this, request, reply)
  })
}

export type Counted = { exceeded: boolean /** Until the next try. */; seconds: number }

/**
 * Counts whatever is named by a key, within a minute: for what is no call of the API. Counted where calls are, and
 * limits nobody while Redis is away.
 */
export const createCounter = async (
  app: FastifyInstance,
  { redisUrl, perMinute, log, name }: Settings & { name: string },
): Promise<(key: string, request: FastifyRequest) => Promise<Counted>> => {
  const redis = redisUrl === undefined ? undefined : connect(redisUrl, log)
  if (redis) app.addHook('onClose', () => redis.disconnect())
  const keys = new WeakMap<FastifyRequest, string>()
  await app.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    keyGenerator: (request) => keys.get(request) ?? request.ip,
    skipOnError: true,
    nameSpace: `ryadom-${name}-`,
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

const connect = (url: string, log: Log): Redis => {
  const redis = new Redis(url, {
    // A call must not wait for a counter.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    // It would ask Redis how it is at each connection, and complain when the app stops meanwhile.
    enableReadyCheck: false,
    // Nobody waits for the connection, and a busy machine may need its time for one.
    connectTimeout: 2_000,
    commandTimeout: 500,
    retryStrategy: (attempt) => Math.min(attempt * 200, 2000),
  })
  redis.on('error', (error) => log.warn('api.redis-error', { error }))
  return redis
}
