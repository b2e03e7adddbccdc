import Fastify, { type FastifyInstance } from 'fastify'
import type { Log } from '#core/log.ts'
import { HttpProblem, problemOf } from './problems.ts'
import { answerMalformedUrl, answerMalformedRequest } from './unreadable.ts'

/** Health checks of the dependencies, by name. A check throws if the dependency is down. */
export type Checks = Record<string, () => Promise<void> | void>

/** How long an answer of `ready` is shared: whoever asks more often costs the dependencies nothing more. */
const sharedMs = 1_000

/** How long open requests may take once the app stops; after that their connections are closed. */
const lastRequestsMs = 4_000

/** Creates the HTTP server with its health checks and default error handlers. */
export const createServer = (checks: Checks, log: Log): FastifyInstance => {
  const app = Fastify({
    logger: false,
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
    frameworkErrors: answerMalformedUrl,
    clientErrorHandler: answerMalformedRequest,
  })
  serveHealth(app, checks, log)
  app.addHook('preClose', (done) => {
    setTimeout(() => app.server.closeAllConnections(), lastRequestsMs).unref()
    done()
  })
  answerWithStatus(app, log)
  return app
}

/** Errors and unknown paths, where a scope has no answer of its own. */
export const answerWithStatus = (app: FastifyInstance, log: Log): void => {
  app.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
    const status = error instanceof HttpProblem ? problemOf(error.code).status : (error.statusCode ?? 500)
    if (status >= 500 && !(error instanceof HttpProblem)) log.error('http.failed', { error })
    return reply.code(status).send({ status })
  })
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ status: 404 }))
}

/** Answers 503 at once to whatever needs the database, until it may be used. */
export const refuseUnless = (app: FastifyInstance, available: () => boolean): void => {
  app.addHook('onRequest', async () => {
    if (!available()) throw new HttpProblem('unavailable')
  })
}

/**
 * `/health/live`: the process runs. `/health/ready`: every dependency responds; names the failing checks, while
 * their reasons are only logged.
 */
export const serveHealth = (app: FastifyInstance, checks: Checks, log: Log): void => {
  app.get('/health/live', () => ({ status: 'ok' }))
  const ask = () =>
    Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await passes(name, check, log)] as const),
    )
  let shared: ReturnType<typeof ask> | undefined
  app.get('/health/ready', async (_, reply) => {
    shared ??= ask().finally(() => {
      setTimeout(() => {
        shared = undefined
      }, sharedMs).unref()
    })
    const states = await shared
    const ok = states.every(([, state]) => state === 'ok')
    return reply
      .code(ok ? 200 : 503)
      .send({ status: ok ? 'ok' : 'unavailable', checks: Object.fromEntries(states) })
  })
}

const passes = async (name: string, check: () => Promise<void> | void, log: Log): Promise<'ok' | 'down'> => {
  try {
    await check()
    return 'ok'
  } catch (error) {
    log.warn('health.down', { check: name, error })
    return 'down'
  }
}
