import Fastify, { type FastifyInstance } from 'fastify'
import type { ApiDeps } from './api-deps.ts'
import { type ApiSettings, serveApi } from './api.ts'
import { serveCalendar } from './calendar/serve-calendar.ts'
import { connectCounters } from './rate-limit.ts'
import { answerWithStatus, refuseUnless } from './server.ts'
import { serveResults } from './surveys/page/serve-results.ts'
import { answerMalformedUrl } from './unreadable.ts'

type Deps = ApiDeps & {
  pagesUrl: () => string | undefined
  /** Whether the database may be used. */
  available: () => boolean
}

type Settings = Omit<ApiSettings, 'redis'> & { redisUrl?: string | undefined }

/** The staff API, calendars and results pages, as a server that does not listen: requests are handed to it. */
export const openStaffServer = async (
  deps: Deps,
  { redisUrl, ...given }: Settings,
): Promise<FastifyInstance> => {
  const app = Fastify({ logger: false, frameworkErrors: answerMalformedUrl })
  const redis = redisUrl === undefined ? undefined : await connectCounters(app, redisUrl, deps.log)
  const settings = { ...given, redis }
  answerWithStatus(app, deps.log)
  app.register(async (scope) => {
    refuseUnless(scope, deps.available)
    serveApi(scope, deps, settings)
    serveCalendar(scope, deps, settings)
    serveResults(scope, deps, settings)
  })
  await app.ready()
  return app
}
