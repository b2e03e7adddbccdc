import Fastify, { type FastifyInstance } from 'fastify'
import type { ApiDeps } from '#http/api-deps.ts'
import { type ApiSettings, serveApi } from '#http/api.ts'
import { serveCalendar } from '#http/calendar/serve-calendar.ts'
import { connectCounters } from '#http/rate-limit.ts'
import { answerWithStatus, refuseUnless } from '#http/server.ts'
import { answerMalformedUrl } from '#http/unreadable.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { serveConsole } from './serve-console.ts'

type Deps = ApiDeps & {
  pagesUrl: () => string | undefined
  fetchFile: ConsoleDeps['fetchFile']
  /** The centre's own sign-in, and whether this is the sandbox: for the console. */
  oidc?: ConsoleDeps['oidc']
  sandbox?: boolean | undefined
  /** Whether the database may be used. */
  available: () => boolean
}

type Settings = Omit<ApiSettings, 'redis'> & { redisUrl?: string | undefined }

/** The staff API, calendars and the console, as a server that does not listen: requests are handed to it. */
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
    serveConsole(scope, deps, settings)
  })
  await app.ready()
  return app
}
