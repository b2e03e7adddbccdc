import Fastify, { type FastifyInstance } from 'fastify'
import type { Log } from '#core/log.ts'

export type Readiness = Record<string, () => Promise<void> | void>

/**
 * The HTTP side: `/health/live` says that the process runs, `/health/ready` that everything it stands on
 * answers (each check by name, without reasons: they are in the log).
 */
export const createServer = (ready: Readiness, log: Log): FastifyInstance => {
  const app = Fastify({ logger: false, forceCloseConnections: 'idle', requestTimeout: 60_000, trustProxy: false })

  app.get('/health/live', () => ({ status: 'ok' }))
  app.get('/health/ready', async (_, reply) => {
    const checks = Object.fromEntries(
      await Promise.all(Object.entries(ready).map(async ([name, check]) => [name, await passes(name, check, log)])),
    )
    const ok = Object.values(checks).every((state) => state === 'ok')
    return reply.code(ok ? 200 : 503).send({ status: ok ? 'ok' : 'unavailable', checks })
  })

  app.setErrorHandler((error: { statusCode?: number }, _, reply) => {
    const status = error.statusCode ?? 500
    if (status >= 500) log.error('http.failed', { error })
    return reply.code(status).send({ status })
  })
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ status: 404 }))
  return app
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
