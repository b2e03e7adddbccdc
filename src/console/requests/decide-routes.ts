import { DomainError } from '#core/errors.ts'
import { z } from 'zod'
import { keepSignsOfRequest } from '#features/levels/level-for-staff.ts'
import { curatorsFor, decideCase, requestToActOn } from '#features/requests/act-on-case.ts'
import { mustBeAsDrawn } from '#features/requests/case-opening.ts'
import { closeOutcomes, decisionRules } from '#features/requests/decision.ts'
import { later } from '#features/requests/decision-draft.ts'
import type { Reader } from '#storage/database.ts'
import { personOf } from '#storage/people.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { ask, type Console, form, page } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { wrongMarkup } from './act-page.ts'
import { withId, workers } from './card-routes.ts'
import { confirmPage } from './decide-confirm-page.ts'
import { decideFields, problemsOf, wordsIn } from './decide-fields.ts'
import { type DecideFacts, decidePage, outcomesPage } from './decide-page.ts'
import { loadCase } from './load-card.ts'
import { requestStands } from './request-standing.ts'

/** The answer to a request: which, its words, what the family will read, and then for good. */
export const registerDecide = (console: Console): void => {
  const { deps } = console
  const { database, region, texts } = deps
  const to = { for: workers, params: withId }
  const path = '/console/requests/:id/decide'

  /** The family's language and form of address, in which it reads the decision. */
  const sayOfFamily = async (reader: Reader, personId: string) => {
    const person = await personOf(reader, personId)
    return texts.for(person?.language ?? 'ru', person?.address ?? 'adult')
  }

  const factsFor = async (visit: Visit, requestId: string): Promise<DecideFacts> => {
    const { staff, now } = visit
    await requestToActOn(database, { staff, requestId, right: 'decide' })
    const request = await loadCase(visit, requestId)
    return {
      request,
      family: await sayOfFamily(database, request.personId),
      curators: await curatorsFor(database, request, now),
      away: await absentAt(database, now),
    }
  }

  page(console, path, { ...to, query: z.object({ outcome: z.enum(closeOutcomes) }) }, async (visit) => {
    const facts = await factsFor(visit, visit.params.id)
    const { outcome } = visit.query
    return outcome === undefined ? outcomesPage(visit, facts.request) : decidePage(visit, facts, { outcome })
  })

  ask(console, path, { ...to, fields: decideFields }, async (visit) =>
    decidePage(visit, { ...(await factsFor(visit, visit.params.id)), typed: visit.typed }, visit.fields),
  )

  ask(console, `${path}/check`, { ...to, fields: decideFields }, async (visit) => {
    const facts = { ...(await factsFor(visit, visit.params.id)), typed: visit.typed }
    const problems = problemsOf(visit.fields, facts.family, region)
    return problems.length > 0
      ? decidePage(visit, facts, visit.fields, problems)
      : confirmPage(visit, facts, visit.fields)
  })

  form(
    console,
    `${path}/done`,
    {
      ...to,
      fields: decideFields,
      stands: requestStands('decide'),
      again: async (call) => {
        const { params, typed, wrong } = call
        const facts = await factsFor(call, params.id)
        const given = decideFields.safeParse(typed)
        // What no page of ours sends comes back on the page that all forms have.
        if (!given.success) throw new DomainError(wrong.code)
        return confirmPage(
          call,
          facts,
          given.data,
          await wrongMarkup(call, { request: facts.request, rests: 'decide', wrong }),
        )
      },
    },
    async (tx, visit) => {
      const { staff, now, params, fields } = visit
      const { outcome, level, curator, sign } = fields
      await mustBeAsDrawn(tx, params.id, fields.revision)
      const of = { staff, requestId: params.id, right: 'decide' } as const
      const family = await sayOfFamily(tx, (await requestToActOn(tx, of)).personId)
      const chosen = level === undefined || level === later ? null : level
      await decideCase(tx, deps, {
        ...{ staff, requestId: params.id, outcome, now },
        decidedBy: fields.by ?? decisionRules[outcome].by,
        words: wordsIn(fields, family),
        level: outcome === 'support-agreed' ? chosen : null,
        curatorId: outcome !== 'support-agreed' || curator === later ? null : (curator ?? null),
      })
      if (outcome === 'support-agreed' && chosen !== null && sign.length > 0) {
        const reason = fields.levelReason === '' ? undefined : fields.levelReason
        const kept = { requestId: params.id, by: { staffId: staff.id }, now }
        await keepSignsOfRequest(tx, deps, { ...kept, signs: sign, level: chosen, reason })
      }
      return {
        to: `/console/requests/${params.id}`,
        done: outcome === 'support-agreed' ? 'accepted' : 'closed',
      }
    },
  )
}
