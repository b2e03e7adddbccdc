import type { openConsoleServer as openConsole } from '#console/console-server.ts'
import type { Clock } from '#core/clock.ts'
import type { openApiServer as openApi } from '#http/api-server.ts'
import type { Region } from '#regions/schema.ts'
import type { createDesk } from '#sandbox/desk.ts'
import type { startSandbox } from '#sandbox/start.ts'
import type { Config } from './config.ts'

// What a start does not need, or not everywhere, is imported when it is asked for.

/** Each is imported at its first request. */
export const openApiServer: typeof openApi = async (...given) =>
  (await import('#http/api-server.ts')).openApiServer(...given)

export const openConsoleServer: typeof openConsole = async (...given) =>
  (await import('#console/console-server.ts')).openConsoleServer(...given)

/** Production has no sandbox. */
export const openSandbox: typeof startSandbox = async (...settings) =>
  (await import('#sandbox/start.ts')).startSandbox(...settings)

export const openDesk: typeof createDesk = (deps) => async (person, base) =>
  (await import('#sandbox/desk.ts')).createDesk(deps)(person, base)

export const openClock = async ({ dataDir }: Config, clock: Clock, { timeZone }: Region) =>
  (await import('#sandbox/sandbox-clock.ts')).openSandboxClock(clock, { dataDir, timeZone })
