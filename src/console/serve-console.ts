import cookie from '@fastify/cookie'
import formBody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '#core/errors.ts'
import { consoleOf } from '#features/console/console-access.ts'
import { negotiateLanguage } from '#http/language.ts'
import { HttpProblem } from '#http/problems.ts'
import { type CounterStore, createCounter } from '#http/rate-limit.ts'
import { isSameOriginForm } from '#http/same-origin.ts'
import { createSemaphore } from '#http/semaphore.ts'
import { isBusy } from '#storage/errors.ts'
import { personOf } from '#storage/people.ts'
import { serveAssets } from './assets.ts'
import { registerCalendar } from './calendar/index.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { type Failure, noticePage, retryPage } from './failure-pages.ts'
import { registerConsents } from './consents/index.ts'
import { registerDataRequests } from './data-requests/index.ts'
import { registerDrafts } from './drafts/index.ts'
import { registerFind } from './find/index.ts'
import { registerFamilies } from './families/index.ts'
import { registerGo } from './go/index.ts'
import { registerIncoming } from './incoming/index.ts'
import { serveLive } from './live.ts'
import { registerMe } from './me/index.ts'
import { registerPlan } from './plan/index.ts'
import { registerReports } from './reports/index.ts'
import { registerRequests } from './requests/index.ts'
import { registerStaff } from './staff/index.ts'
import { registerBoard } from './board/index.ts'
import { registerSettings } from './settings/index.ts'
import type { Console } from './routes.ts'
import { FileAway, sendHtml } from './send.ts'
import { dropSession, readSession } from './session-cookie.ts'
import { registerSignIn } from './sign-in/index.ts'
import { registerSurveys } from './surveys/index.ts'
import { registerToday } from './today/index.ts'
import { takeFiles } from './take-files.ts'
import { typedIn } from './typed.ts'
import { registerVisits } from './visits/index.ts'

/** Requests a minute: of a session, and of an address that failed to get in. */
const usual = { session: 600, miss: 120 }
/** Pages that are made at once, which leaves database connections to the bot and to the API. */
const concurrency = 3
const waitMs = 10_000
type Limits = { /** Another limit than the usual ones. */ perMinute?: number | undefined }
/** In bytes; texts have at most 4,000 characters. */
const bodyLimit = 256 * 1024

/** Each context registers its own pages, and the sections that they are. */
const contexts: readonly ((console: Console) => void)[] = [
  registerToday,
  registerFind,
  registerRequests,
  registerIncoming,
  registerFamilies,
  registerVisits,
  registerCalendar,
  registerMe,
  registerPlan,
  registerReports,
  registerSurveys,
  registerGo,
  registerDrafts,
  registerStaff,
  registerBoard,
  registerSettings,
  registerDataRequests,
  registerConsents,
]

/** Serves the console: pages for staff under `/console`, which work without scripts. */
export const serveConsole = (
  whole: FastifyInstance,
  deps: ConsoleDeps,
  counters: CounterStore & Limits,
): void => {
  const { database, texts, clock, log } = deps
  whole.register(async (app) => {
    const count = await countersOf(app, counters)
    const limit = createSemaphore({ concurrency, waitMs })
    await app.register(cookie)
    await app.register(formBody, { bodyLimit })
    await takeFiles(app)
    const sayTo = (request: FastifyRequest) =>
      texts.for(negotiateLanguage(request.headers['accept-language']), 'adult')
    const originOf = ({ headers }: FastifyRequest) =>
      deps.sandbox ? `http://${headers.host}` : new URL(deps.pagesUrl() ?? 'http://nowhere').origin
    const secure = () => deps.pagesUrl()?.startsWith('https:') === true
    const notice = (request: FastifyRequest, reply: FastifyReply, failure: Failure, status: number) =>
      sendHtml(reply, noticePage(sayTo(request), failure), status)
    /** Counts failed requests only: staff of one office share an address and must not be locked out with a guesser. */
    const miss = async (request: FastifyRequest, reply: FastifyReply, failure: Failure, status = 404) => {
      const tried = await count.miss(`address-${request.ip}`, request)
      if (!tried.exceeded) return notice(request, reply, failure, status)
      return notice(request, reply.header('retry-after', `${tried.seconds}`), 'busy', 429)
    }
    /** What was typed in a form that nobody is in the console for comes back with the answer. */
    const failed = (request: FastifyRequest, reply: FastifyReply, reason: Failure, status: number) => {
      if (request.method !== 'POST') return notice(request, reply, reason, status)
      const typed = typedIn(request.body)
      const page = retryPage(sayTo(request), { reason, action: request.url, typed, visit: null })
      return sendHtml(reply, page, status)
    }

    app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      if (error instanceof DomainError)
        return notice(
          request,
          reply,
          error.code === 'not-found' ? 'gone' : 'refused',
          error.code === 'not-found' ? 404 : 409,
        )
      if (error instanceof FileAway) {
        log.info('console.file-away', { error: error.cause })
        return notice(request, reply.removeHeader('content-disposition'), 'fileAway', 502)
      }
      const { statusCode = 500 } = error
      if (error instanceof HttpProblem || isBusy(error)) log.warn('console.busy', { error })
      else if (statusCode >= 500) log.error('console.failed', { error })
      if (statusCode < 500) return notice(request, reply, 'refused', statusCode)
      // Who only reads has nothing to save.
      return request.method === 'GET'
        ? notice(request, reply, 'notOpened', 503)
        : failed(request, reply, 'failed', 503)
    })
    app.addHook('onRequest', async (request, reply) => {
      const pagesUrl = deps.pagesUrl()
      if (pagesUrl === undefined) return reply.callNotFound()
      if (request.method === 'POST' && !isSameOriginForm(request, originOf(request)))
        return miss(request, reply, request.headers.origin === undefined ? 'unsaid' : 'refused', 403)
    })

    const openIn = async (request: FastifyRequest) => {
      const session = readSession(request, { secure: secure() })
      return session === undefined ? null : consoleOf(database, { session, now: clock.now() })
    }
    const within: Console['within'] = (request, reply, work) =>
      limit(async () => {
        const now = clock.now()
        const open = await openIn(request)
        if (!open) {
          dropSession(reply, { secure: secure() })
          const tried = await count.miss(`address-${request.ip}`, request)
          return tried.exceeded ? notice(request, reply, 'busy', 429) : failed(request, reply, 'ended', 401)
        }
        const { staff, session } = open
        const asked = await count.session(`session-${session.id}`, request)
        if (asked.exceeded) return failed(request, reply, 'busy', 429)
        const person = staff.personId === null ? null : await personOf(database, staff.personId)
        const say = person ? texts.for(person.language, 'adult') : sayTo(request)
        const redrawn = request.headers['hx-request'] === 'true'
        const given = { origin: originOf(request), path: request.url, redrawn, upload: request.upload }
        return work({ deps, staff, session, say, now, ...given })
      })
    const console: Console = { app, deps, served: new Set(), acts: [], within }
    serveAssets(app)
    registerSignIn(console, {
      miss,
      limit,
      sayTo,
      secure,
      originOf,
      open: (request) => limit(() => openIn(request)),
    })
    await serveLive(console)
    for (const register of contexts) register(console)
    app.get('/console/*', (request, reply) => notice(request, reply, 'gone', 404))
  })
}

type Counter = Awaited<ReturnType<typeof createCounter>>

/** Each in a scope of its own, as the plugin wants it. */
const countersOf = async (app: FastifyInstance, { perMinute, ...settings }: CounterStore & Limits) => {
  const named = async (name: string, limit: number): Promise<Counter> => {
    const made = Promise.withResolvers<Counter>()
    await app.register(async (scope) => {
      made.resolve(await createCounter(scope, { ...settings, perMinute: perMinute ?? limit, name }))
    })
    return made.promise
  }
  return { session: await named('console', usual.session), miss: await named('console-misses', usual.miss) }
}
