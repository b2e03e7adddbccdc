import { z } from 'zod'
import type { StateOf } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { readersForMember } from '#features/messages/messages-for-member.ts'
import { planLists } from '#features/plan/activity-lists.ts'
import { latestReportableDay, reportActivity, reportBy } from '#features/plan/activity-marks.ts'
import { giveOpinion, opinionsOfMember } from '#features/plan/activity-opinions.ts'
import { activityForMember, activityRowForMember } from '#features/plan/plan-for-member.ts'
import { nextDays } from '#features/plan/recurrence.ts'
import { marksOf } from '#storage/plan/activities.ts'
import { aboutActivity } from './about-activity.ts'
import { activityView } from './activity-view.ts'
import { spokenWhen } from './spoken-schedule.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    activity: z.infer<typeof activityState>
  }
  interface Links {
    activity: 'activity'
  }
}

/** How many of the next days are listed. */
const daysNamed = 3

const activityState = z.object({
  activityId: z.uuid(),
  /** The list, and its page, from which it was opened and to which Back leads. */
  list: z.enum(planLists).optional(),
  page: z.number().int().min(0).optional(),
})

/** One activity as a member may see it, with the member's report and opinion. */
export const activityScreen = defineScreen({
  name: 'activity',
  state: activityState,
  aside: true,
  varies: ['page'],
  links: {
    activity: byId(async ({ deps, who, session }, activityId) => {
      const { family } = await activityRowForMember(deps.database, who, activityId)
      session.familyId = family.id
      const { screen } = session
      const from = screen.name === 'plan-list' ? { list: screen.list, page: screen.page } : {}
      return { to: { name: 'activity', activityId, ...from } }
    }),
  },
  about: (turn, { activityId }) => aboutActivity(turn, activityId),
  draw: async ({ deps, who, say, now, builder }, { activityId }) => {
    const { database, sealer, region } = deps
    const { family, activity, version } = await activityForMember(database, sealer, who, activityId)
    const personId = who?.person.id ?? ''
    const said = await opinionsOfMember(database, { familyId: family.id, personId, version })
    const clear = said.clear.get(activityId) ?? null
    const agreement = said.agreement.get(activityId) ?? null
    const asked = clear === 'unclear' || agreement === 'question'
    const { when, status } = activity
    const day =
      status === 'cancelled' ? null : (latestReportableDay(when, now, region.timeZone)?.toString() ?? null)
    const marks = day === null ? [] : await marksOf(database, activityId)
    const repeated = when.kind === 'weekly' || when.kind === 'monthly'
    const next =
      repeated && status === 'planned' ? nextDays(when, dayAt(now, region.timeZone), daysNamed) : []
    return activityView(builder, {
      activity,
      region: region.code,
      when: spokenWhen(say, when, now),
      next: next.map(String),
      told: day === null ? null : { day, happened: reportBy(marks, day, personId) },
      clear,
      agreement,
      ...(asked ? await readingOf({ deps, who, now }, family.id) : { answer: null, apart: false }),
      now,
    })
  },
  tap: async (turn, state, tap) => {
    const { activityId, list, page } = state
    if (tap.action === 'back') return { to: list ? { name: 'plan-list', list, page } : { name: 'plan' } }
    if (tap.action === 'yes' || tap.action === 'no')
      return tell(turn, state, { on: tap.arg, happened: tap.action === 'yes' })
    if (tap.action !== 'set') return null
    if (tap.arg === 'opinion') return { to: { name: 'plan-change', activityId, from: 'activity' } }
    return tap.arg === 'clear' || tap.arg === 'unclear' ? say(turn, state, tap.arg) : null
  },
})

/** Who will read the question, and when; nobody is named whose reading the member asked to end (`apart`). */
const readingOf = async (
  { deps: { database, region }, who, now }: Pick<Turn, 'deps' | 'who' | 'now'>,
  familyId: string,
) => {
  const own = { who, familyId, now }
  const { expected, apart } = await database.transaction((tx) => readersForMember(tx, region, own))
  return { answer: apart ? null : { expected, region }, apart: apart !== null }
}

type State = StateOf<'activity'>

const tell = async (turn: Turn, to: State, word: { on: string; happened: boolean }): Promise<Step> => {
  const { deps, who, now } = turn
  await turn.once((tx) => reportActivity(tx, deps, { who, activityId: to.activityId, ...word, now }))
  return { to, toast: turn.say.label('activity.marked') }
}

const say = async (turn: Turn, to: State, kind: 'clear' | 'unclear'): Promise<Step> => {
  const { deps, who, now } = turn
  const line = kind === 'clear' ? null : turn.say.label('activity.unclearLine')
  const opinion = { who, activityId: to.activityId, kind, text: null, line, now }
  const { family } = await turn.once((tx) => giveOpinion(tx, deps, opinion))
  if (kind === 'clear') return { to, toast: turn.say.label('activity.understood') }
  const { apart } = await readingOf(turn, family.id)
  const key = apart ? 'activity.unclearApart' : 'activity.unclear'
  return { to, toast: turn.say.label(key) }
}
