import { z } from 'zod'
import { pageOf } from '#dialogue/callback-data.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { activitiesInList, planLists } from '#features/plan/activity-lists.ts'
import { planPdf } from '#features/plan/pdf/plan-pdf.ts'
import { progressPicture } from '#features/plan/picture/progress-picture.ts'
import { planChanges } from '#features/plan/plan-changes.ts'
import { planForMember } from '#features/plan/plan-for-member.ts'
import { progressOf } from '#features/plan/progress.ts'
import { proposalsOf } from './proposals-screen.ts'
import { noPlanView, planKindsView, planListView, planView } from './plan-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    plan: Stateless
    'plan-list': z.infer<typeof planListState>
  }
  interface Links {
    plan: 'plan'
  }
}

/** The plan of the chosen family, as the member may see it. */
const planOf = async ({ deps, who, session, now }: Turn) => {
  const family = familyForMember(who, session.familyId)
  const plan = await planForMember(deps.database, deps.sealer, family)
  const progress = plan && progressOf(plan.activities, dayAt(now, deps.region.timeZone))
  return plan && progress ? { family, plan, progress } : null
}

/** An overview of the plan: its goal, progress and lists. */
export const planScreen = defineScreen({
  name: 'plan',
  aside: true,
  links: {
    plan: (turn, arg) =>
      arg === '' ? openPlan(turn) : byId((_, familyId) => openPlan(turn, familyId))(turn, arg),
  },
  commands: { plan: { description: 'commands.plan', menus: { family: 2 }, run: (turn) => openPlan(turn) } },
  draw: async (turn) => {
    const { deps, who, say, now, builder } = turn
    const found = await planOf(turn)
    if (!found || !who) return noPlanView(builder)
    const { family, plan, progress } = found
    const personId = who.person.id
    const { first, changes } = await planChanges(deps.database, deps.sealer, { plan, family, personId })
    const anyChange = changes.some(({ how }) => how !== 'same')
    return planView(builder, {
      document: plan.document,
      progress,
      minor: family.role === 'minor',
      changes: !anyChange ? null : first ? 'first' : 'new',
      picture: progress.total > 0 ? progressPicture(progress, say) : null,
      now,
    })
  },
  tap: (turn, _, tap) => {
    if (tap.action === 'full') return onPaper(turn)
    if (tap.action !== 'set') return null
    if (tap.arg === 'propose') return { to: proposalsOf(turn) }
    if (tap.arg === 'changes') return { to: { name: 'plan-changes' } }
    const list = planLists.find((one) => one === tap.arg)
    return list ? { to: { name: 'plan-list', list } } : null
  },
})

/** Sends the whole plan as a PDF, as the member may see it. */
const onPaper = async (turn: Turn): Promise<Step | null> => {
  const found = await planOf(turn)
  if (!found) return null
  const { deps, say } = turn
  const { family, plan } = found
  const attachment = planPdf(say, {
    family,
    organisation: deps.organisation,
    plan,
    reader: family.role === 'minor' ? 'minor' : 'adult',
    region: deps.region,
  })
  return { to: { name: 'plan' }, attachment, fresh: true }
}

const planListState = z.object({ list: z.enum(planLists), page: z.number().int().min(0).optional() })

/** The activities of a period or of a kind of help, or the list of kinds. */
export const planListScreen = defineScreen({
  name: 'plan-list',
  state: planListState,
  aside: true,
  varies: ['page'],
  draw: async (turn, { list, page = 0 }) => {
    const { now, builder } = turn
    const found = await planOf(turn)
    if (!found) return noPlanView(builder)
    if (list === 'kinds') return planKindsView(builder, found.progress)
    return planListView(builder, { list, items: activitiesInList(found.progress, list), page, now })
  },
  tap: (_, { list }, tap) => {
    const page = pageOf(tap)
    if (page !== null) return { to: { name: 'plan-list', list, page } }
    const kind = tap.action === 'set' && planLists.find((one) => one === tap.arg)
    if (kind) return { to: { name: 'plan-list', list: kind } }
    if (tap.action !== 'back') return null
    const isKind = !(['week', 'later', 'done', 'past', 'kinds'] as readonly string[]).includes(list)
    return { to: isKind ? { name: 'plan-list', list: 'kinds' } : { name: 'plan' } }
  },
})

/** Opens the plan of one of the person's families, which becomes the chosen one. Throws `not-found`. */
const openPlan = ({ who, session }: Turn, familyId = session.familyId): Step => {
  session.familyId = familyForMember(who, familyId).id
  return { to: { name: 'plan' } }
}
