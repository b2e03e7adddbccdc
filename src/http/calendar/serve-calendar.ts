import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '#core/clock.ts'
import { sha256 } from '#core/ids.ts'
import type { Log } from '#core/log.ts'
import type { Texts } from '#core/text.ts'
import { calendarFeed } from '#features/calendar/calendar-feed.ts'
import { parseCalendarToken } from '#features/calendar/subscriptions.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { HttpProblem } from '#http/problems.ts'
import { createAdmission } from '#http/admission.ts'
import { type Counted, type CounterStore, createCounter } from '#http/rate-limit.ts'
import { createSemaphore } from '#http/semaphore.ts'

type Deps = { database: Database; sealer: Sealer; texts: Texts; region: Region; clock: Clock; log: Log }

/** Limit per link, and per IP address that requests unknown links. */
const perMinute = 60
/** Concurrent feeds, so that many phones at once leave database connections to the bot. */
const concurrency = 2
const waitMs = 10_000

type Route = { Params: { file: string } }

/**
 * Serves `GET /calendar/<token>.ics`, the calendar of the link's owner. An unknown, revoked or orphaned link gets the
 * same 404 as any unknown path. The URL is a secret and is never logged.
 */
export const serveCalendar = (app: FastifyInstance, deps: Deps, counters: CounterStore): void => {
  const { clock, log } = deps
  app.register(async (scope) => {
    const count = await createCounter(scope, { ...counters, perMinute, name: 'calendar' })
    const admission = createAdmission(count)
    const limit = createSemaphore({ concurrency, waitMs })
    scope.setErrorHandler((error: Error & { statusCode?: number }, _, reply) => {
      const { statusCode = 500 } = error
      if (statusCode < 500) return reply.code(statusCode).send({ status: statusCode })
      if (error instanceof HttpProblem) log.warn('calendar.busy', { error })
      else log.error('calendar.failed', { error })
      return reply.code(503).header('retry-after', '60').send({ status: 503 })
    })
    scope.get<Route>('/calendar/:file', async (request, reply) => {
      const token = parseCalendarToken(request.params.file)
      // Before any look-up, and for unknown links only: many phones share one address with a guesser.
      const entrance = token === null ? null : await admission.enter(token, request)
      if (entrance?.admitted === false) return tooMany(reply, entrance.counted)
      if (token !== null) {
        const asked = await count(`link-${sha256(token)}`, request)
        if (asked.exceeded) return tooMany(reply, asked)
        const text = await limit(() => calendarFeed(deps, token, clock.now()))
        if (text !== null) {
          admission.remember(token)
          return sendCalendar(request, reply, text)
        }
      }
      const missed = entrance?.counted ?? (await count(`address-${request.ip}`, request))
      return missed.exceeded ? tooMany(reply, missed) : reply.callNotFound()
    })
  })
}

const tooMany = (reply: FastifyReply, { seconds }: Counted) =>
  reply.code(429).header('retry-after', `${seconds}`).send({ status: 429 })

const sendCalendar = (request: FastifyRequest, reply: FastifyReply, text: string) => {
  const tag = `"${sha256(text)}"`
  reply.headers({
    etag: tag,
    // Revalidated every time, so that a revoked link shows nothing from then on.
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  })
  if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', 'attachment; filename="calendar.ics"')
    .send(text)
}

/** `If-None-Match` compares weakly (RFC 9110, 13.1.2). */
const matches = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag)
