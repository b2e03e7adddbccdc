import Fastify, { type FastifyInstance } from 'fastify'
import type { Log } from '#core/log.ts'
import { type CounterStore, connectCounters } from './rate-limit.ts'
import { answerWithStatus, refuseUnless } from './server.ts'
import { answerMalformedUrl } from './unreadable.ts'

type Deps = {
  log: Log
  /** Whether the database may be used. */
  available: () => boolean
}

export type BehindSettings = Omit<CounterStore, 'redis'> & { redisUrl?: string | undefined }

/** A server that does not listen: requests are handed to it. */
export const openBehind = async <Settings extends BehindSettings>(
  { log, available }: Deps,
  { redisUrl, ...given }: Settings,
  serve: (scope: FastifyInstance, settings: Omit<Settings, 'redisUrl'> & CounterStore) => void,
): Promise<FastifyInstance> => {
  const app = Fastify({ logger: false, frameworkErrors: answerMalformedUrl })
  const redis = redisUrl === undefined ? undefined : await connectCounters(app, redisUrl, log)
  answerWithStatus(app, log)
  app.register(async (scope) => {
    refuseUnless(scope, available)
    serve(scope, { ...given, redis })
  })
  await app.ready()
  return app
}
