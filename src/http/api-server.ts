import type { FastifyInstance } from 'fastify'
import type { ApiDeps } from './api-deps.ts'
import { type ApiSettings, serveApi } from './api.ts'
import { serveCalendar } from './calendar/serve-calendar.ts'
import { type BehindSettings, openBehind } from './server-behind.ts'

/** The staff API and calendars. */
export const openApiServer = (
  deps: ApiDeps & { available: () => boolean },
  settings: BehindSettings & Omit<ApiSettings, 'redis'>,
): Promise<FastifyInstance> =>
  openBehind(deps, settings, (scope, counters) => {
    serveApi(scope, deps, counters)
    serveCalendar(scope, deps, counters)
  })
