import type { FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Database } from '#storage/database.ts'
import type { ApiDeps } from './api-deps.ts'
import { authenticate } from './auth.ts'
import { answerWithProblems } from './edge-errors.ts'
import { createOnce } from './idempotency.ts'
import { readJsonBodies } from './json-bodies.ts'
import { describeApi } from './openapi.ts'
import { limitRate } from './rate-limit.ts'
import { serveAbsences } from './routes/absences.ts'
import { serveAlarmingWords } from './routes/alarming-words.ts'
import { serveAudit } from './routes/audit.ts'
import { serveDeliveries } from './routes/deliveries.ts'
import { serveFamilies } from './routes/families.ts'
import { serveFamilyMembers } from './routes/family-members.ts'
import { serveFamilySteps } from './routes/family-steps.ts'
import { serveMessages } from './routes/messages.ts'
import { servePlans } from './routes/plans.ts'
import { serveReports } from './routes/reports.ts'
import { serveRequestSteps } from './routes/request-steps.ts'
import { serveRequests } from './routes/requests.ts'
import { serveRouting } from './routes/routing.ts'
import { serveSaidDone } from './routes/said-done.ts'
import { serveStaff } from './routes/staff.ts'
import { serveStaffPhoto } from './routes/staff-photo.ts'
import { serveSurveyCharts } from './routes/survey-charts.ts'
import { serveSurveyRescues } from './routes/survey-rescues.ts'
import { serveSurveyResults } from './routes/survey-results.ts'
import { serveSurveys } from './routes/surveys.ts'
import { servePlannedVisits } from './routes/visit-plan.ts'
import { serveVisits } from './routes/visits.ts'
import { serveWebhooks } from './routes/webhooks.ts'
import type { Api } from './staff-route.ts'
import { createTurns } from './turns.ts'

export type ApiSettings = {
  redisUrl?: string | undefined /** Calls a minute and key; 600 unless told. */
  perMinute?: number
}

/** The longest wait for the database before a failure is called an outage. */
const pingMs = 1_000

/** How long a call waits for its turn at the database. */
const waitMs = 10_000
/** Of the pool's ten connections the bot always has some: these are the most that calls take at once. */
const transactionsAtOnce = 4
const readsAtOnce = 3

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
        const read = createTurns({ atOnce: readsAtOnce, waitMs })
        const own = { ...deps, database: inTurns(database) }
        const api: Api = { app: v1, deps: own, once: createOnce(own), read }
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
        serveSaidDone(api)
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

const inTurns = (database: Database): Database => {
  const turns = createTurns({ atOnce: transactionsAtOnce, waitMs })
  return { ...database, transaction: (work) => turns(() => database.transaction(work)) }
}
