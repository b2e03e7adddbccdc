import { z } from 'zod'
import { pageOf } from '#dialogue/callback-data.ts'
import { readSafety } from '#dialogue/families/read-safety.ts'
import { safetyText } from '#dialogue/families/safety-view.ts'
import { byId, defineScreen, turnPage } from '#dialogue/screen.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { activitiesInList, planLists } from '#features/plan/activity-lists.ts'
import { activityFeedbackForStaff, planForStaff } from '#features/plan/plan-for-staff.ts'
import { progressOf } from '#features/plan/progress.ts'
import { planKindsView, planListView } from './plan-view.ts'
import { saidView, staffPlanView } from './staff-plan-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'f-plan': z.infer<typeof fPlanState>
    'f-said': z.infer<typeof fSaidState>
  }
  interface Links {
    'f-plan': 'f-plan'
    'f-said': 'f-said'
  }
}

const fPlanState = z.object({
  familyId: z.uuid(),
  list: z.enum(planLists).optional(),
  page: z.number().int().min(0).optional(),
})

/** A family's plan for the staff in charge of it. Every access is audited. */
export const staffPlanScreen = defineScreen({
  name: 'f-plan',
  state: fPlanState,
  aside: true,
  varies: ['page'],
  links: { 'f-plan': byId((_, familyId) => ({ to: { name: 'f-plan', familyId } })) },
  draw: async (turn, { familyId, list, page = 0 }) => {
    const { deps, who, now, say, builder } = turn
    const { family, plan } = await deps.database.transaction((tx) =>
      planForStaff(tx, deps, { staff: who?.staff, familyId, now }),
    )
    if (!plan) {
      const toFamily = builder.link(say.label('caseload.card'), 'f-card', familyId)
      return builder.card('f-plan', say.t('staffPlan.noPlan', { number: family.number }), [
        [builder.link(say.label('proposals.staff.button'), 'f-proposals', familyId)],
        [builder.link(say.label('planFile.button'), 'f-plan-file')],
        [toFamily],
      ])
    }
    const progress = progressOf(plan.activities, dayAt(now, deps.region.timeZone))
    if (list === 'kinds') return { ...planKindsView(builder, progress), confidential: true }
    if (list) {
      const items = activitiesInList(progress, list)
      return { ...planListView(builder, { list, items, page, now }, { cards: false }), confidential: true }
    }
    const { version, document } = plan
    const safety = safetyText(say, await readSafety(turn, familyId), { timeZone: deps.region.timeZone, now })
    return staffPlanView(builder, { family, version, document, progress, safety, now })
  },
  tap: (_, { familyId, list }, tap) => {
    if (tap.action === 'back') return list ? { to: { name: 'f-plan', familyId } } : null
    const page = pageOf(tap)
    if (page !== null) return { to: { name: 'f-plan', familyId, list, page } }
    const chosen = tap.action === 'set' && planLists.find((one) => one === tap.arg)
    return chosen ? { to: { name: 'f-plan', familyId, list: chosen } } : null
  },
})

const fSaidState = z.object({ activityId: z.uuid(), page: z.number().int().min(0).optional() })

/** The opinions about an activity. Members' own words are shown only here, and every access is audited. */
export const saidScreen = defineScreen({
  name: 'f-said',
  state: fSaidState,
  aside: true,
  varies: ['page'],
  links: { 'f-said': byId((_, activityId) => ({ to: { name: 'f-said', activityId } })) },
  draw: async ({ deps, who, now, builder }, { activityId, page = 0 }) => {
    const said = await deps.database.transaction((tx) =>
      activityFeedbackForStaff(tx, deps, { staff: who?.staff, activityId, now }),
    )
    const { timeZone } = deps.region
    return saidView(builder, { said, page, timeZone, now })
  },
  tap: (_, state, tap) => turnPage(state, tap),
})
