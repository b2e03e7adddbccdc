import type { FastifyInstance } from 'fastify'
import { type BehindSettings, openBehind } from '#http/server-behind.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { serveConsole } from './serve-console.ts'

/** The pages for staff. */
export const openConsoleServer = (
  deps: ConsoleDeps & { available: () => boolean },
  settings: BehindSettings & { perMinute?: number | undefined },
): Promise<FastifyInstance> =>
  openBehind(deps, settings, (scope, counters) => serveConsole(scope, deps, counters))
