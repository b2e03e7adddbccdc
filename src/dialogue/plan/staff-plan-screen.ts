import type { Screen } from '#dialogue/screen.ts'
import { planKindsView, planListView } from './plan-view.ts'
import { createPen } from '#dialogue/card-builder.ts'
import { saidView, staffPlanView } from './staff-plan-view.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { activitiesInList, planLists } from '#features/plan/activity-lists.ts'
import { progressOf } from '#features/plan/progress.ts'
import { planForStaff, activityFeedbackForStaff } from '#features/plan/plan-for-staff.ts'

/** A family's plan, for whoever answers for the family. Drawing it is a sight, and audited each time. */
export const staffPlanScreen: Screen<'f-plan'> = {
  draw: async ({ deps, who, now, say, session }, { familyId, list, page = 0 }) => {
    const pen = createPen(say, session.revision)
    const { family, plan } = await deps.database.transaction((tx) =>
      planForStaff(tx, deps, { staff: who?.staff, familyId, now }),
    )
    if (!plan) {
      const toFamily = pen.link(say.label('caseload.card'), 'f-card', familyId)
      return pen.card('f-plan', say.t('staffPlan.noPlan', { number: family.number }), [[toFamily]])
    }
    const progress = progressOf(plan.activities, dayAt(now, deps.region.timeZone))
    if (list === 'kinds') return { ...planKindsView(pen, progress), confidential: true }
    if (list) {
      const items = activitiesInList(progress, list)
      return { ...planListView(pen, { list, items, page, now }, { cards: false }), confidential: true }
    }
    const { version, document } = plan
    return staffPlanView(pen, { family, version, document, progress, now })
  },
  tap: (_, { familyId, list }, tap) => {
    if (tap.action === 'back') return list ? { to: { name: 'f-plan', familyId } } : null
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg))
      return { to: { name: 'f-plan', familyId, list, page: Number(tap.arg) } }
    const chosen = tap.action === 'set' && planLists.find((one) => one === tap.arg)
    return chosen ? { to: { name: 'f-plan', familyId, list: chosen } } : null
  },
}

/** What is said of an activity: members' own words stand here alone, and every sight of them is audited. */
export const saidScreen: Screen<'f-said'> = {
  draw: async ({ deps, who, now, say, session }, { activityId, page = 0 }) => {
    const said = await deps.database.transaction((tx) =>
      activityFeedbackForStaff(tx, deps, { staff: who?.staff, activityId, now }),
    )
    const { timeZone } = deps.region
    return saidView(createPen(say, session.revision), { said, page, timeZone, now })
  },
  tap: (_, state, tap) =>
    tap.action === 'page' && /^\d{1,3}$/.test(tap.arg) ? { to: { ...state, page: Number(tap.arg) } } : null,
}
