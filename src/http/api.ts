import type { FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Database } from '#storage/database.ts'
import { type Admission, createAdmission } from './admission.ts'
import type { ApiDeps } from './api-deps.ts'
import { authenticate } from './auth.ts'
import { registerDanger } from './danger/index.ts'
import { registerDataRequests } from './data-requests/index.ts'
import { answerWithProblems } from './edge-errors.ts'
import { registerFamilies } from './families/index.ts'
import { createIdempotentRunner } from './idempotency.ts'
import { readJsonBodies } from './json-bodies.ts'
import { registerLevels } from './levels/index.ts'
import { registerMessages } from './messages/index.ts'
import { describeApi } from './openapi.ts'
import { registerNeeds } from './needs/index.ts'
import { registerPlan } from './plan/index.ts'
import { type CounterStore, createCounter, limitRate } from './rate-limit.ts'
import { registerIncomingAppeals } from './incoming/index.ts'
import { registerRegisters } from './registers/index.ts'
import { registerReports } from './reports/index.ts'
import { registerRequests } from './requests/index.ts'
import { serveRouting } from './routing/routing-routes.ts'
import { createSemaphore } from './semaphore.ts'
import { registerStaff } from './staff/index.ts'
import type { Api } from './staff-route.ts'
import { registerSurveys } from './surveys/index.ts'
import { serveCentreDays } from './staff/day-routes.ts'
import { servePlaces } from './territories/place-routes.ts'
import { serveTerritories } from './territories/territory-routes.ts'
import { registerVisits } from './visits/index.ts'
import { registerWebhooks } from './webhooks/index.ts'

export type ApiSettings = CounterStore & {
  /** Calls per minute and key; default 600. */
  perMinute?: number
  /** How long a call waits for a database slot before 503, in milliseconds; default 10,000. */
  waitMs?: number
}

/** Timeout of the ping that tells an outage of the database from a bug. */
const pingMs = 1_000

/** API calls use at most 7 of the pool's 10 connections, so that the bot always has some left. */
const maxTransactions = 4
const maxReads = 3

/** Each context registers its own routes. */
const contexts: readonly ((api: Api) => void)[] = [
  registerRequests,
  registerIncomingAppeals,
  registerFamilies,
  registerNeeds,
  registerLevels,
  registerMessages,
  registerDanger,
  registerVisits,
  registerPlan,
  registerRegisters,
  registerReports,
  registerSurveys,
  registerStaff,
  serveTerritories,
  servePlaces,
  serveCentreDays,
  serveRouting,
  registerDataRequests,
  registerWebhooks,
]

/** Serves the staff API under `/api/v1`, its OpenAPI document and the documentation page. */
export const serveApi = (
  app: FastifyInstance,
  deps: ApiDeps,
  { perMinute = 600, waitMs = 10_000, ...counters }: ApiSettings,
): void => {
  const { database, clock, log } = deps
  app.register(async (scope) => {
    await describeApi(scope, deps)
    await scope.register(
      async (v1) => {
        v1.setValidatorCompiler(validatorCompiler)
        v1.setSerializerCompiler(serializerCompiler)
        // Responses are about people and must not be cached.
        v1.addHook('onRequest', async (_, reply) => {
          reply.header('cache-control', 'no-store')
        })
        readJsonBodies(v1)
        answerWithProblems(v1, { log, ping: () => database.ping(pingMs) })
        const limits = { ...counters, perMinute }
        authenticate(v1, { database, clock, admission: await countGuesses(v1, limits) })
        await limitRate(v1, limits)
        // Another instance may have changed them a moment ago.
        v1.addHook('preHandler', () => deps.territories.refresh())
        const read = createSemaphore({ concurrency: maxReads, waitMs })
        const own = { ...deps, database: limitTransactions(database, waitMs) }
        const api: Api = { app: v1, deps: own, once: createIdempotentRunner(own), read }
        for (const register of contexts) register(api)
      },
      { prefix: '/api/v1' },
    )
  })
}

/** In a scope of its own, beside the counter of all calls. */
const countGuesses = async (
  app: FastifyInstance,
  limits: Parameters<typeof limitRate>[1],
): Promise<Admission> => {
  const admission = Promise.withResolvers<Admission>()
  await app.register(async (scope) => {
    admission.resolve(createAdmission(await createCounter(scope, { ...limits, name: 'guesses' })))
  })
  return admission.promise
}

const limitTransactions = (database: Database, waitMs: number): Database => {
  const limit = createSemaphore({ concurrency: maxTransactions, waitMs })
  return { ...database, transaction: (work) => limit(() => database.transaction(work)) }
}
