import Fastify, { type FastifyInstance } from 'fastify'
import type { Clock } from '#core/clock.ts'
import { createSecretMatcher } from '#core/ids.ts'
import type { Log } from '#core/log.ts'
import { type Metrics, noMetrics, openMetrics, type Reading } from '#core/metrics.ts'
import type { Database } from '#storage/database.ts'
import { readPool, readWaiting } from '#storage/readings.ts'
import type { Checks } from './server.ts'

/** How long an answer is shared: whoever asks more often costs the database nothing more. */
const sharedMs = 1_000

/** `/metrics` in Prometheus's text format; with a token, for whoever sends it as a bearer token. */
const serveMetrics = (app: FastifyInstance, metrics: Metrics, token?: string): void => {
  const isToken = token === undefined ? () => true : createSecretMatcher(`Bearer ${token}`)
  let shared: Promise<string> | undefined
  app.get('/metrics', async (request, reply) => {
    if (!isToken(request.headers.authorization ?? ''))
      return reply.code(401).header('www-authenticate', 'Bearer').send({ status: 401 })
    shared ??= metrics.text().finally(() => {
      setTimeout(() => {
        shared = undefined
      }, sharedMs).unref()
    })
    return reply
      .header('cache-control', 'no-store')
      .type('text/plain; version=0.0.4; charset=utf-8')
      .send(await shared)
  })
}

export type MetricsEdge = {
  metrics: Metrics
  /** Serves them beside the API, unless they have a port of their own. */
  serve(app: FastifyInstance): void
  /** Opens their own port, if there is one. */
  listen(): Promise<void>
  close(): Promise<void>
}

type EdgeDeps = { database: Database; clock: Clock; checks: Checks; host: string; log: Log }

/** Where metrics are read; without settings, nothing is counted and nothing is served. */
export const openMetricsEdge = async (
  settings: { token?: string; port?: number } | undefined,
  { database, clock, checks, host, log }: EdgeDeps,
): Promise<MetricsEdge> => {
  const metrics = settings ? await openMetrics(log) : noMetrics
  metrics.watch(() => readPool(database))
  metrics.watch(() => readWaiting(database, clock.now()))
  metrics.watch(() => readChecks(checks))
  let own: FastifyInstance | undefined
  return {
    metrics,
    serve: (app) => {
      if (settings && settings.port === undefined) serveMetrics(app, metrics, settings.token)
    },
    listen: async () => {
      if (settings?.port === undefined) return
      own = Fastify({ logger: false, forceCloseConnections: true })
      serveMetrics(own, metrics, settings.token)
      log.info('metrics.listening', { url: await own.listen({ host, port: settings.port }) })
    },
    close: async () => {
      await own?.close()
      metrics.close()
    },
  }
}

/** Each dependency as 1 or 0. */
const readChecks = (checks: Checks): Promise<Reading[]> =>
  Promise.all(
    Object.entries(checks).map(async ([dependency, check]) => {
      const up = await (async () => check())().then(
        () => 1,
        () => 0,
      )
      return { name: 'dependency_up' as const, labels: { dependency }, value: up }
    }),
  )
