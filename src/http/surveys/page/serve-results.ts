import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Say, Texts } from '#core/text.ts'
import {
  canOpen,
  type OpenResults,
  openResults,
  resultsOf,
  tokenOf,
} from '#features/surveys/results/results-access.ts'
import { negotiateLanguage } from '#http/language.ts'
import { HttpProblem } from '#http/problems.ts'
import { type Counted, type CounterStore, createCounter } from '#http/rate-limit.ts'
import { isSameOriginForm } from '#http/same-origin.ts'
import { createSemaphore } from '#http/semaphore.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { endResultsSession, setResultsFilter } from '#storage/surveys/results-access.ts'
import { fileOf, isFile } from './download-files.ts'
import { type Notice, noticePage, openPage } from './page-layout.ts'
import { filterIn } from './results-filter.ts'
import { resultsPage } from './results-page.ts'
import { drawAllCharts, loadComments, loadResultsView } from './results-view-model.ts'
import { seeOther, sendFile, sendPage, sendStyle } from './send-page.ts'
import { clearSessionCookie, readSessionCookie, setSessionCookie } from './visitor.ts'

type Deps = {
  database: Database
  sealer: Sealer
  texts: Texts
  region: Region
  clock: Clock
  log: Log
  /** The base URL of pages for staff, public or inside the centre's network; undefined if there is none: no page is served. */
  pagesUrl: () => string | undefined
}

/** Limit per session, and per IP address for failed requests. */
const perMinute = 60
/** Concurrent requests, which leaves database connections to the bot. */
const concurrency = 2
const waitMs = 10_000
/** In bytes; the form has a few hundred. */
const bodyLimit = 4096
const styles = ['./page.css', './contents.css', './chart-figure.css']
/** Number of comments on the page; the file has more. */
const commentsShown = 50

/**
 * Serves survey results to supervisors in a browser: a one-time link opens a session of 15 minutes. Filters stay
 * out of URLs, and pages have no scripts.
 */
export const serveResults = (app: FastifyInstance, deps: Deps, counters: CounterStore): void => {
  const { database, sealer, texts, region, clock, log } = deps
  const style = styles.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n')
  const sayTo = (request: FastifyRequest): Say =>
    texts.for(negotiateLanguage(request.headers['accept-language']), 'adult')
  const notice = (request: FastifyRequest, reply: FastifyReply, which: Notice, status: number) =>
    sendPage(reply, noticePage(sayTo(request), which), status)

  app.register(async (scope) => {
    const count = await createCounter(scope, { ...counters, perMinute, name: 'results' })
    const limit = createSemaphore({ concurrency, waitMs })
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit },
      (_, body, done) => done(null, new URLSearchParams(String(body))),
    )
    scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const { statusCode = 500 } = error
      if (error instanceof HttpProblem) log.warn('results.busy', { error })
      else if (statusCode >= 500) log.error('results.failed', { error })
      const status = statusCode < 500 ? statusCode : 503
      return notice(request, reply, status < 500 ? 'refused' : 'failed', status)
    })
    const tooMany = (request: FastifyRequest, reply: FastifyReply, { seconds }: Counted) =>
      notice(request, reply.header('retry-after', `${seconds}`), 'busy', 429)

    /** Counts failed requests only: supervisors of one office share an address and must not be locked out with a guesser. */
    const answerMiss = async (
      request: FastifyRequest,
      reply: FastifyReply,
      which: Notice,
      status: number,
    ) => {
      const tried = await count(`address-${request.ip}`, request)
      return tried.exceeded ? tooMany(request, reply, tried) : notice(request, reply, which, status)
    }
    scope.addHook('onRequest', async (request, reply) => {
      const pagesUrl = deps.pagesUrl()
      if (pagesUrl === undefined) return reply.callNotFound()
      if (request.method === 'POST' && !isSameOriginForm(request, pagesUrl))
        return answerMiss(request, reply, 'refused', 403)
    })
    const secure = () => deps.pagesUrl()?.startsWith('https:') === true

    /** Runs `work` in a valid session; otherwise answers that the session has ended. */
    const withSession = async (
      request: FastifyRequest,
      reply: FastifyReply,
      work: (open: OpenResults, now: Date) => Promise<FastifyReply>,
    ): Promise<FastifyReply> => {
      const session = readSessionCookie(request, { secure: secure() })
      const now = clock.now()
      return limit(async () => {
        const open = session === undefined ? null : await resultsOf(database, { session, now })
        if (!open) {
          clearSessionCookie(reply, { secure: secure() })
          return answerMiss(request, reply, 'ended', 401)
        }
        const asked = await count(`session-${open.session.id}`, request)
        return asked.exceeded ? tooMany(request, reply, asked) : work(open, now)
      })
    }

    scope.get('/results/page.css', (_, reply) => sendStyle(reply, style))

    scope.get<{ Params: { token: string } }>('/results/:token', async (request, reply) => {
      const token = tokenOf(sealer, request.params.token)
      const open = token !== null && (await limit(() => canOpen(database, token, clock.now())))
      return open ? sendPage(reply, openPage(sayTo(request))) : answerMiss(request, reply, 'gone', 404)
    })

    scope.post<{ Params: { token: string } }>('/results/:token', async (request, reply) => {
      const token = tokenOf(sealer, request.params.token)
      const now = clock.now()
      const opened =
        token === null
          ? null
          : await limit(() => database.transaction((tx) => openResults(tx, { token, now })))
      if (!opened) return answerMiss(request, reply, 'gone', 404)
      setSessionCookie(reply, opened.session, { secure: secure() })
      return seeOther(reply, '/results')
    })

    scope.get('/results', (request, reply) =>
      withSession(request, reply, async (open, now) => {
        const view = await loadResultsView(deps, open, now)
        const { say, results } = view
        const found = await loadComments(deps, open, { results, say, limit: commentsShown + 1 })
        if (found.length > 0) await audit(open, 'surveys.answers', now)
        return sendPage(
          reply,
          resultsPage({
            ...view,
            charts: await drawAllCharts(view),
            comments: found.slice(0, commentsShown),
            more: found.length > commentsShown,
            expiresAt: open.session.expiresAt,
            timeZone: region.timeZone,
            now,
          }),
        )
      }),
    )

    scope.post('/results', (request, reply) =>
      withSession(request, reply, async ({ session }) => {
        const filter = filterIn(
          request.body instanceof URLSearchParams ? request.body : new URLSearchParams(),
        )
        await database.transaction((tx) => setResultsFilter(tx, session.id, filter))
        return seeOther(reply, '/results')
      }),
    )

    scope.post('/results/exit', (request, reply) =>
      withSession(request, reply, async ({ session }, now) => {
        await database.transaction((tx) => endResultsSession(tx, session.id, now))
        clearSessionCookie(reply, { secure: secure() })
        return notice(request, reply, 'left', 200)
      }),
    )

    scope.get<{ Params: { file: string } }>('/results/files/:file', (request, reply) =>
      withSession(request, reply, async (open, now) => {
        const { file } = request.params
        if (!isFile(file)) return notice(request, reply, 'gone', 404)
        await audit(open, 'surveys.export', now)
        return sendFile(reply, await fileOf(deps, open, { file, now }))
      }),
    )

    const audit = ({ supervisor }: OpenResults, action: 'surveys.answers' | 'surveys.export', at: Date) =>
      database.transaction((tx) => addAudit(tx, { at, action, staffId: supervisor.id }))
  })
}
