import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { cleanText } from '#core/words.ts'
import { staffRights } from '#features/families/family-access.ts'
import { lookAtSafety, safetyFactsInForce } from '#features/families/safety-facts.ts'
import { activitiesToMark, longestMarkWords, markForStaff } from '#features/plan/marks-for-staff.ts'
import { helpForStaff } from '#features/registers/help-results.ts'
import { proposalsBesidePlan } from '#features/plan/answer-proposals.ts'
import { planToEdit } from '#features/plan/edit/plan-editing.ts'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { opinionsBeside } from '#features/plan/opinions-beside.ts'
import { activityFeedbackForStaff, planForStaff } from '#features/plan/plan-for-staff.ts'
import { type Console, form, page } from '../routes.ts'
import { activityPage } from './activity-page.ts'
import { planners, registerPlanEditing } from './edit-routes.ts'
import { registerPlanFiles } from './file-routes.ts'
import { planPage } from './plan-page.ts'
import { registerProposals } from './proposal-routes.ts'
import { registerResults } from './result-routes.ts'

const params = z.object({ id: z.uuid() })
const activityParams = params.extend({ activityId: z.uuid() })

/** A family's plan: read with what its members say of it, marked, and written anew. */
export const registerPlan = (console: Console): void => {
  const { deps } = console

  page(
    console,
    '/console/families/:id/plan',
    { for: planners, params, query: z.object({ page: z.coerce.number().int().min(1).max(100) }) },
    async ({ params: { id: familyId }, ...visit }) => {
      const { staff, now, query } = visit
      const asked = { staff, familyId, now }
      const facts = await deps.database.transaction(async (tx) => {
        const { family, plan } = await planForStaff(tx, deps, asked)
        const rights = await staffRights(tx, staff, family, { now })
        const inCharge = rights.has('charge')
        const mayEdit = inCharge && family.status === 'active'
        const toMark = inCharge && plan ? (await activitiesToMark(tx, deps, asked)).waiting : []
        const opinions = await opinionsBeside(tx, familyId)
        const facts = await safetyFactsInForce(tx, deps, { familyId, now })
        const by = { staffId: staff.id }
        const safety = facts.length === 0 ? facts : await lookAtSafety(tx, deps, { familyId, by, now })
        const waiting = new Set(toMark.map(({ activity }) => activity.id))
        const proposals = await proposalsBesidePlan(tx, deps.sealer, familyId)
        const drafted = mayEdit ? (await planToEdit(tx, deps, asked)).edited.activities : []
        const help = inCharge ? (await helpForStaff(tx, deps, asked)).help : []
        return {
          ...{ family, rights, plan, mayEdit, opinions, waiting, safety, proposals },
          drafted: new Set(drafted.map(({ code }) => code)),
          results: new Map(help.map(({ activity, result }) => [activity.id, result?.result ?? null])),
        }
      })
      return planPage(visit, { ...facts, page: (query.page ?? 1) - 1 })
    },
  )

  page(
    console,
    '/console/families/:id/activities/:activityId',
    { for: planners, params: activityParams },
    async ({ params: { id: familyId, activityId }, ...visit }) => {
      const { staff, now } = visit
      const facts = await deps.database.transaction(async (tx) => {
        const feedback = await activityFeedbackForStaff(tx, deps, { staff, activityId, now })
        const { family } = feedback
        if (family.id !== familyId) throw new DomainError('not-found')
        const inCharge = (await staffRights(tx, staff, family, { now })).has('charge')
        const asked = { staff, familyId, now }
        const waiting = inCharge ? (await activitiesToMark(tx, deps, asked)).waiting : []
        const help = inCharge && family.status === 'active' ? (await helpForStaff(tx, deps, asked)).help : []
        return {
          feedback,
          toMark: waiting.find(({ activity }) => activity.id === activityId) ?? null,
          help: help.find(({ activity }) => activity.id === activityId) ?? null,
          today: dayOfMoment(deps.region, now),
        }
      })
      return activityPage(visit, facts)
    },
  )

  form(
    console,
    '/console/families/:id/activities/:activityId/mark',
    {
      for: planners,
      params: activityParams,
      fields: z.object({
        on: z.iso.date(),
        happened: z.enum(['yes', 'no']),
        words: z.string().overwrite(cleanText).max(longestMarkWords).optional(),
      }),
    },
    async (tx, { staff, now, params: { id, activityId }, fields: { on, happened, words } }) => {
      const mark = { on, happened: happened === 'yes', words: words === '' ? undefined : words }
      await markForStaff(tx, deps, { staff, now, activityId, ...mark })
      return { to: `/console/families/${id}/plan`, done: 'activityMarked' }
    },
  )

  registerPlanEditing(console)
  registerPlanFiles(console)
  registerProposals(console)
  registerResults(console)
}
