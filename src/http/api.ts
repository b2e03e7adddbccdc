import type { FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Database } from '#storage/database.ts'
import type { ApiDeps } from './api-deps.ts'
import { authenticate } from './auth.ts'
import { answerWithProblems } from './edge-errors.ts'
import { createIdempotentRunner } from './idempotency.ts'
import { readJsonBodies } from './json-bodies.ts'
import { describeApi } from './openapi.ts'
import { limitRate } from './rate-limit.ts'
import { serveAbsences } from './staff/absence-routes.ts'
import { serveAlarmingWords } from './messages/alarming-word-routes.ts'
import { serveAudit } from './staff/audit-routes.ts'
import { serveDeliveries } from './webhooks/delivery-routes.ts'
import { serveFamilies } from './families/family-routes.ts'
import { serveFamilyMembers } from './families/member-routes.ts'
import { serveFamilySteps } from './families/family-step-routes.ts'
import { serveMessages } from './messages/message-routes.ts'
import { servePlans } from './plan/plan-routes.ts'
import { serveReports } from './plan/report-routes.ts'
import { serveRequestSteps } from './requests/request-step-routes.ts'
import { serveRequests } from './requests/request-routes.ts'
import { serveRouting } from './routing/routing-routes.ts'
import { serveYouSaidWeDid } from './surveys/you-said-we-did-routes.ts'
import { serveStaff } from './staff/staff-routes.ts'
import { serveStaffPhoto } from './staff/staff-photo-routes.ts'
import { serveSurveyCharts } from './surveys/survey-chart-routes.ts'
import { serveSurveyRescues } from './surveys/survey-rescue-routes.ts'
import { serveSurveyResults } from './surveys/survey-results-routes.ts'
import { serveSurveys } from './surveys/survey-routes.ts'
import { servePlannedVisits } from './visits/visit-planning-routes.ts'
import { serveVisits } from './visits/visit-routes.ts'
import { serveWebhooks } from './webhooks/webhook-routes.ts'
import type { Api } from './staff-route.ts'
import { createSemaphore } from './semaphore.ts'

export type ApiSettings = {
  redisUrl?: string | undefined /** Calls a minute and key; 600 unless told. */
  perMinute?: number
}

/** The longest wait for the database before a failure is called an outage. */
const pingMs = 1_000

/** How long a call waits for its turn at the database. */
const waitMs = 10_000
/** Of the pool's ten connections the bot always has some: these are the most that calls take at once. */
const maxTransactions = 4
const maxReads = 3

/** The staff API under `/api/v1`, its OpenAPI document and the page that shows it. */
export const serveApi = (
  app: FastifyInstance,
  deps: ApiDeps,
  { redisUrl, perMinute = 600 }: ApiSettings,
): void => {
  const { database, clock, log } = deps
  app.register(async (scope) => {
    await describeApi(scope)
    await scope.register(
      async (v1) => {
        v1.setValidatorCompiler(validatorCompiler)
        v1.setSerializerCompiler(serializerCompiler)
        // Whatever is answered is about people: no cache keeps it.
        v1.addHook('onRequest', async (_, reply) => {
          reply.header('cache-control', 'no-store')
        })
        readJsonBodies(v1)
        answerWithProblems(v1, { log, ping: () => database.ping(pingMs) })
        authenticate(v1, { database, clock })
        await limitRate(v1, { redisUrl, perMinute, log })
        const read = createSemaphore({ concurrency: maxReads, waitMs })
        const own = { ...deps, database: limitTransactions(database) }
        const api: Api = { app: v1, deps: own, once: createIdempotentRunner(own), read }
        serveRequests(api)
        serveRequestSteps(api)
        serveFamilies(api)
        serveFamilySteps(api)
        serveFamilyMembers(api)
        serveMessages(api)
        serveAlarmingWords(api)
        servePlannedVisits(api)
        serveVisits(api)
        servePlans(api)
        serveReports(api)
        serveSurveys(api)
        serveSurveyResults(api)
        serveSurveyCharts(api)
        serveSurveyRescues(api)
        serveYouSaidWeDid(api)
        serveStaff(api)
        serveStaffPhoto(api)
        serveAbsences(api)
        serveRouting(api)
        serveWebhooks(api)
        serveDeliveries(api)
        serveAudit(api)
      },
      { prefix: '/api/v1' },
    )
  })
}

const limitTransactions = (database: Database): Database => {
  const limit = createSemaphore({ concurrency: maxTransactions, waitMs })
  return { ...database, transaction: (work) => limit(() => database.transaction(work)) }
}
