import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { heardNow } from '#dialogue/hearing.ts'
import { countCharacters } from '#core/words.ts'
import { pageOf } from '#dialogue/callback-data.ts'
import { expectedLine } from '#dialogue/messages/reading-time-view.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { sentIn } from '#dialogue/messages/sent-in.ts'
import { readersForMember } from '#features/messages/messages-for-member.ts'
import {
  type Agreement,
  giveOpinion,
  isAgreement,
  longestOpinion,
  opinionsOfMember,
} from '#features/plan/activity-opinions.ts'
import { activityToJudge, planChanges } from '#features/plan/plan-changes.ts'
import type { PlannedActivity } from '#features/plan/plan-document.ts'
import { planForMember } from '#features/plan/plan-for-member.ts'
import { aboutActivity } from './about-activity.ts'
import { changesView, changeView, opinionWordsView } from './plan-changes-view.ts'
import { noPlanView } from './plan-view.ts'
import { spokenWhen } from './spoken-schedule.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'plan-changes': z.infer<typeof planChangesState>
    'plan-change': z.infer<typeof planChangeState>
    'plan-words': z.infer<typeof planWordsState>
  }
}

/** The changes of the version in force, with the member's opinions. */
const changesOf = async ({ deps, who, session }: Turn) => {
  const family = familyForMember(who, session.familyId)
  const plan = await planForMember(deps.database, deps.sealer, family)
  if (!who || !plan) return null
  const personId = who.person.id
  const found = await planChanges(deps.database, deps.sealer, { plan, family, personId })
  const said = await opinionsOfMember(deps.database, { familyId: family.id, personId, version: plan.version })
  return { ...found, said: said.agreement }
}

const spokenBy =
  ({ say, now }: Turn) =>
  ({ when }: PlannedActivity) =>
    spokenWhen(say, when, now)

const planChangesState = z.object({ page: z.number().int().min(0).optional() })

export const planChangesScreen = defineScreen({
  name: 'plan-changes',
  state: planChangesState,
  aside: true,
  varies: ['page'],
  draw: async (turn, { page = 0 }) => {
    const { builder } = turn
    const found = await changesOf(turn)
    if (!found) return noPlanView(builder)
    const { first, said } = found
    const changes = found.changes.filter(({ how }) => how !== 'same')
    return changesView(builder, { changes, said, first, spoken: spokenBy(turn), page })
  },
  tap: (_, __, tap) => {
    if (tap.action === 'back') return { to: { name: 'plan' } }
    const page = pageOf(tap)
    if (page !== null) return { to: { name: 'plan-changes', page } }
    return tap.action === 'set' ? { to: { name: 'plan-change', activityId: tap.arg } } : null
  },
})

const planChangeState = z.object({
  activityId: z.uuid(),
  /** Opened from the activity's card, to which Back leads. */
  from: z.literal('activity').optional(),
  page: z.number().int().min(0).optional(),
})

export const planChangeScreen = defineScreen({
  name: 'plan-change',
  state: planChangeState,
  aside: true,
  varies: ['page'],
  about: (turn, { activityId }) => aboutActivity(turn, activityId),
  draw: async (turn, { activityId, page = 0 }) => {
    const found = await changesOf(turn)
    const change = found?.changes.find(({ id }) => id === activityId)
    if (!found || !change) throw new DomainError('not-found')
    const said = found.said.get(activityId) ?? null
    return changeView(turn.builder, {
      change,
      said,
      spoken: spokenBy(turn),
      page,
    })
  },
  tap: (turn, state, tap) => {
    const { activityId, from } = state
    if (tap.action === 'back') return { to: wayBack(state) }
    const page = pageOf(tap)
    if (page !== null) return { to: { ...state, page } }
    if (tap.action !== 'set' || !isAgreement(tap.arg)) return null
    const kind = tap.arg
    if (kind !== 'agree') return { to: { name: 'plan-words', activityId, kind, ...(from && { from }) } }
    return opine(turn, state, kind, null)
  },
})

const planWordsState = z.object({
  activityId: z.uuid(),
  kind: z.enum(['question', 'disagree']),
  from: z.literal('activity').optional(),
  problem: z.literal('too-long').optional(),
})

/** Asks for the words of a question, or optionally of a disagreement. */
export const planWordsScreen = defineScreen({
  name: 'plan-words',
  state: planWordsState,
  aside: true,
  varies: ['problem'],
  afterCommit: (_, state) => wayBack(state),
  about: (turn, { activityId }) => aboutActivity(turn, activityId),
  draw: async ({ deps, who, builder }, { activityId, kind, problem }) => {
    await activityToJudge(deps.database, deps.sealer, who, activityId)
    return opinionWordsView(builder, { kind, problem: problem !== undefined })
  },
  tap: (turn, state, tap) => {
    const { activityId, from, kind } = state
    if (tap.action === 'skip' && kind === 'disagree') return opine(turn, state, kind, null)
    if (tap.action !== 'back') return null
    return { to: { name: 'plan-change', activityId, ...(from && { from }) } }
  },
  words: (turn, state, text) =>
    countCharacters(text) > longestOpinion
      ? { to: { ...state, problem: 'too-long' } }
      : opine(turn, state, state.kind, text),
})

type From = { activityId: string; from?: 'activity' | undefined }

/** Returns to where the activity was opened from. */
const wayBack = ({ activityId, from }: From): Step['to'] =>
  from === 'activity' ? { name: 'activity', activityId } : { name: 'plan-changes' }

const opine = async (turn: Turn, of: From, kind: Agreement, text: string | null): Promise<Step> => {
  const { deps, who, now, say, input } = turn
  const opinion = { who, activityId: of.activityId, kind, text, line: text, ...heardNow(turn), now }
  const { family, alarming, apart: hidden } = await turn.once((tx) => giveOpinion(tx, deps, opinion))
  if (hidden)
    return { to: { name: 'messages', familyId: family.id, just: hidden === 'begun' ? 'apart' : 'kept' } }
  // An alarming word is answered as in a conversation: with the crisis numbers.
  if (alarming) return { to: await sentIn(turn, family.id) }
  const noted = say.label(`planChanges.noted.${kind}`)
  if (input.event.kind === 'tap') return { to: wayBack(of), toast: noted }
  const { region } = deps
  const own = { who, familyId: family.id, now }
  const { expected, apart } = await deps.database.transaction((tx) => readersForMember(tx, region, own))
  // Nobody is named whose reading the member asked to end.
  const when = kind === 'question' && !apart && expectedLine(say, { expected, region, now })
  return { to: wayBack(of), notice: [noted, when].filter(Boolean).join(' ') }
}
