import type { FastifyInstance } from 'fastify'
import type { Clock } from '#core/clock.ts'
import { type Caller, findCaller } from '#features/staff/api-keys.ts'
import type { Scope } from '#features/staff/api-scopes.ts'
import type { Database } from '#storage/database.ts'
import type { ResponseHeader } from './response-headers.ts'
import { HttpProblem } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key came with the request; null: none, or none that is in force. */
    caller: Caller | null
  }
  interface FastifyContextConfig {
    /** What a key needs to call this route. */
    scope?: Scope
    /** Whether the caller has to, or may, name the revision that it read. */
    ifMatch?: 'required' | 'optional'
    /** What its answers bear in their head. */
    responseHeaders?: readonly ResponseHeader[]
  }
}

/**
 * Denies by default: whoever comes without a key in force is told nothing but that, not even whether there is such
 * a route; and a route that names no scope cannot be registered.
 */
export const authenticate = (
  app: FastifyInstance,
  { database, clock }: { database: Database; clock: Clock },
): void => {
  app.decorateRequest('caller', null)
  app.addHook('onRoute', ({ config, method, url }) => {
    if (!config?.scope) throw new Error(`${method} ${url} names no scope`)
  })
  app.addHook('onRequest', async (request) => {
    const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? []
    request.caller = token === undefined ? null : await findCaller(database, token, clock.now())
  })
  // After the limit of calls, so that guessing is limited too; before the body is read.
  app.addHook('preParsing', async (request, reply) => {
    const { scope } = request.routeOptions.config
    if (!request.caller) {
      reply.header('www-authenticate', 'Bearer realm="ryadom"')
      throw new HttpProblem('unauthenticated')
    }
    if (scope && !request.caller.scopes.has(scope)) throw new HttpProblem('scope-missing')
  })
}
