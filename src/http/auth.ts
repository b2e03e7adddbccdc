import type { FastifyInstance } from 'fastify'
import type { Clock } from '#core/clock.ts'
import { type Caller, findCaller } from '#features/staff/api-keys.ts'
import type { Scope } from '#features/staff/api-scopes.ts'
import type { Database } from '#storage/database.ts'
import type { Admission } from './admission.ts'
import { keyExpiresHeader, type ResponseHeader } from './response-headers.ts'
import { HttpProblem } from './problems.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The authenticated key; null if it is missing, unknown, expired or revoked. */
    caller: Caller | null
  }
  interface FastifyContextConfig {
    /** The scope that a key needs to call this route. */
    scope?: Scope
    /** Whether `If-Match` is required, or optional. */
    ifMatch?: 'required' | 'optional'
    /** Headers of a successful response, for the document. */
    responseHeaders?: readonly ResponseHeader[]
  }
}

/**
 * Denies by default: a call without a valid key gets 401 even for an unknown route, and a route without a scope
 * cannot be registered.
 */
export const authenticate = (
  app: FastifyInstance,
  { database, clock, admission }: { database: Database; clock: Clock; admission: Admission },
): void => {
  app.decorateRequest('caller', null)
  app.addHook('onRoute', ({ config, method, url }) => {
    if (!config?.scope) throw new Error(`${method} ${url} declares no scope`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? []
    request.caller = null
    if (token === undefined) return
    const { admitted, counted } = await admission.enter(token, request)
    if (!admitted) {
      reply.header('retry-after', `${counted.seconds}`)
      throw new HttpProblem('too-many-requests')
    }
    request.caller = await findCaller(database, token, clock.now())
    if (!request.caller) return
    admission.remember(token)
    reply.header(keyExpiresHeader, request.caller.expiresAt.toISOString())
  })
  // After the rate limit, which also slows down guessing of keys; before the body is read.
  app.addHook('preParsing', async (request, reply) => {
    const { scope } = request.routeOptions.config
    if (!request.caller) {
      reply.header('www-authenticate', 'Bearer realm="ryadom"')
      throw new HttpProblem('unauthenticated')
    }
    if (scope && !request.caller.scopes.has(scope)) throw new HttpProblem('scope-missing')
  })
}
