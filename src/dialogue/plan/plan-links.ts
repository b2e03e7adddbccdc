import { z } from 'zod'
import type { Action } from '#dialogue/callback-data.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { activityRowForMember } from '#features/plan/plan-for-member.ts'

const planActions = ['plan', 'activity', 'f-plan', 'f-said'] as const
type PlanAction = (typeof planActions)[number]

/** Buttons that name a plan or an activity: they stand on pushes and on staff's cards, however old. */
export const isPlanLink = (action: Action): action is PlanAction =>
  (planActions as readonly string[]).includes(action)

/** Null: the button was made by hand, and names nothing. */
export const followPlanLink = async (turn: Turn, action: PlanAction, arg: string): Promise<Step | null> => {
  const named = z.uuid().safeParse(arg).success
  if (!named && !(action === 'plan' && arg === '')) return null
  const step = await links[action](turn, arg)
  const { event } = turn.input
  const elsewhere = event.kind === 'tap' && event.messageId !== turn.session.cardId
  return elsewhere ? { ...step, fresh: true } : step
}

const links: Record<PlanAction, (turn: Turn, arg: string) => Promise<Step> | Step> = {
  plan: (turn, familyId) => openPlan(turn, familyId === '' ? undefined : familyId),
  activity: async ({ deps, who, session }, activityId) => {
    const { family } = await activityRowForMember(deps.database, who, activityId)
    session.familyId = family.id
    const { screen } = session
    const from = screen.name === 'plan-list' ? { list: screen.list, page: screen.page } : {}
    return { to: { name: 'activity', activityId, ...from } }
  },
  'f-plan': (_, familyId) => ({ to: { name: 'f-plan', familyId } }),
  'f-said': (_, activityId) => ({ to: { name: 'f-said', activityId } }),
}

/** The plan of one of the person's families, which is the one that they look at from now on. Throws `not-found`. */
export const openPlan = ({ who, session }: Turn, familyId = session.familyId): Step => {
  session.familyId = familyForMember(who, familyId).id
  return { to: { name: 'plan' } }
}
