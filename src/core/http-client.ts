import { createRequire } from 'node:module'
import type * as undici from 'undici'

// The entry of undici also loads fetch, its caches, web sockets and mocks: 4 MB of heap that nobody here uses. The version is
// pinned; a path that is gone fails at the start.
const load = createRequire(import.meta.url)

type Requests = { request: undici.Dispatcher['request'] }

Object.assign((load('undici/lib/dispatcher/dispatcher.js') as { prototype: object }).prototype, {
  request: (load('undici/lib/api/index.js') as Requests).request,
})

export const Pool = load('undici/lib/dispatcher/pool.js') as typeof undici.Pool
export const Agent = load('undici/lib/dispatcher/agent.js') as typeof undici.Agent
export const buildConnector = load('undici/lib/core/connect.js') as typeof undici.buildConnector
