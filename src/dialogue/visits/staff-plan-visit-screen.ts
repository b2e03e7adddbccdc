import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { readSafety } from '#dialogue/families/read-safety.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { byId, defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { isReadInBot } from '#features/families/read-in-bot.ts'
import {
  datesFrom,
  momentFacts,
  moveVisitForStaff,
  planningFacts,
  planVisitsForStaff,
} from '#features/visits/plan-for-staff.ts'
import { isAtNight } from '#features/visits/night-visit.ts'
import { readMoment } from '#features/visits/typed-moment.ts'
import { visitPurposes } from '#features/visits/visit-content.ts'
import { openVisitForStaff, type VisitDetails } from '#features/visits/visit-lists-for-staff.ts'
import { familyForVisitStaff, visitForStaff } from '#features/visits/visits-for-staff.ts'
import { momentView, placeView, purposesView, wishedTimeView } from './staff-plan-visit-view.ts'
import { whoSees } from './staff-visit-view.ts'
import { spokenMoment } from './visit-words-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'plan-visit': z.infer<typeof planVisitState>
  }
  interface Links {
    'f-visit-new': 'plan-visit'
    'f-visit-move': 'plan-visit'
    'f-visit-again': 'plan-visit'
  }
}

/** How many visits a series has, the first included. */
const seriesLength = 4

const longestPlace = 200

/** `visitId` and `version`: it moves. `at`: the moment that is to be confirmed. */
const planVisitState = z.object({
  familyId: z.uuid(),
  visitId: z.uuid().optional(),
  version: z.number().int().min(0).optional(),
  at: z.iso.datetime().optional(),
  again: z.iso.datetime().optional(),
  count: z.number().int().min(1).max(seriesLength).optional(),
  purpose: z.enum(visitPurposes).optional(),
  picking: z.literal('purpose').optional(),
  audience: z.enum(['family', 'confidential']).optional(),
  memberId: z.uuid().optional(),
  /** Of a confidential visit; null: at home. */
  place: z.string().max(longestPlace).nullable().optional(),
  problem: z.string().optional(),
})

type State = StateOf<'plan-visit'>

/** Makes, moves or repeats a visit, at any hour: when, then what speaks for or against it. */
export const planVisitScreen = defineScreen({
  name: 'plan-visit',
  state: planVisitState,
  varies: ['problem'],
  links: {
    'f-visit-new': byId(async ({ deps, who, now }, familyId) => {
      await familyForVisitStaff(deps.database, who?.staff, familyId, now)
      return { to: { name: 'plan-visit', familyId } }
    }),
    'f-visit-move': byId(async ({ deps, who, now }, visitId) => {
      const { visit, inCharge } = await visitForStaff(deps.database, who?.staff, visitId, now)
      if (!inCharge) throw new DomainError('not-found')
      return { to: { name: 'plan-visit', familyId: visit.familyId, visitId, version: visit.version } }
    }),
    'f-visit-again': byId(async ({ deps, who, now }, visitId) => {
      const { visit, inCharge } = await visitForStaff(deps.database, who?.staff, visitId, now)
      if (!inCharge) throw new DomainError('not-found')
      const again = visit.startsAt.toISOString()
      const { purpose } = visit
      const kept = visitPurposes.find((one) => one === purpose)
      const [memberId] = visit.audience === 'confidential' ? visit.memberIds : []
      // What was between the centre and a teenager is never repeated before the whole family.
      const apart = memberId !== undefined && { audience: 'confidential' as const, memberId }
      return {
        to: {
          ...{ name: 'plan-visit' as const, familyId: visit.familyId, again },
          ...(kept && { purpose: kept }),
          ...apart,
        },
      }
    }),
  },
  afterCommit: (_, state) => doneAt(state),
  draw: async (turn, state) => {
    const { deps, builder, now } = turn
    if (state.picking) return purposesView(builder, visitPurposes)
    const { seen, facts } = await factsOf(turn, state)
    const when = { timeZone: deps.region.timeZone, now }
    const safety = await readSafety(turn, state.familyId)
    if (state.at === undefined)
      return wishedTimeView(builder, { ...facts, ...when, safety, seen, problem: state.problem ?? null })
    if (placeNeeded(state)) return placeView(builder, { family: facts.family, safety, ...when })
    const startsAt = new Date(state.at)
    const { family, visitor } = facts
    const { count = 1, purpose = 'regular' } = state
    const moving = seen?.visit ?? null
    const about = { family, staffId: visitor.id, startsAt, visit: moving }
    const dates = moving ? [startsAt] : await datesFrom(deps.database, deps, { family, startsAt, count, now })
    return momentView(builder, {
      ...facts,
      ...when,
      ...(await momentFacts(deps.database, deps, about)),
      dates,
      atNight: dates.some((date) => isAtNight(date, deps.region.timeZone)),
      purpose: moving ? null : purpose,
      chosen: { audience: state.audience ?? facts.audience, memberId: state.memberId ?? null },
      place: state.place ?? null,
      safety,
    })
  },
  tap: async (turn, state, tap) => {
    if (tap.action === 'back') return back(state)
    if (state.picking) return pick(state, tap.action === 'set' ? tap.arg : '')
    if (tap.action === 'change') return { to: { ...state, picking: 'purpose' } }
    if (tap.action === 'full')
      return { to: { ...state, count: state.count === seriesLength ? 1 : seriesLength } }
    if (tap.action === 'agree') return chooseAudience(state, tap.arg)
    if (tap.action === 'no') return placeNeeded(state) ? { to: { ...state, place: null } } : null
    if (tap.action === 'yes') return conclude(turn, state)
    if (tap.action !== 'set' || !/^\d{1,11}$/.test(tap.arg)) return null
    return { to: { ...state, at: new Date(Number(tap.arg) * 1000).toISOString() } }
  },
  words: ({ deps, now }, state, text) => {
    if (state.picking) return null
    if (placeNeeded(state))
      return { to: { ...state, place: [...text.trim()].slice(0, longestPlace / 2).join('') } }
    if (state.at !== undefined) return null
    const at = readMoment(text, { now, timeZone: deps.region.timeZone })
    const { problem: _, ...rest } = state
    return { to: at ? { ...rest, at: at.toISOString() } : { ...rest, problem: 'unread' } }
  },
})

/** The visit that moves, with what the family wished, and what is offered. */
const factsOf = async (turn: Turn, state: State) => {
  const { deps, who, now } = turn
  const { database, sealer } = deps
  const { familyId, visitId, again } = state
  const asked = { staff: who?.staff, now }
  const seen: VisitDetails | null =
    visitId === undefined
      ? null
      : await database.transaction((tx) => openVisitForStaff(tx, sealer, { ...asked, visitId }))
  const facts = await planningFacts(database, deps, {
    ...{ ...asked, familyId },
    ...(seen && { visit: seen.visit }),
    ...(again !== undefined && { anchor: new Date(again) }),
  })
  return { seen, facts }
}

const doneAt = ({ familyId, visitId }: State): Step['to'] =>
  visitId === undefined ? { name: 'f-visits', familyId } : { name: 'f-visit', visitId }

const back = (state: State): Step => {
  const { picking, at, problem: _, ...before } = state
  if (picking) return { to: { ...before, ...(at !== undefined && { at }) } }
  if (at === undefined) return { to: doneAt(state) }
  const { audience: __, memberId: ___, place: ____, ...rest } = before
  return { to: rest }
}

/** A home that is unsafe is no place for what the adults there are not to know of. */
const placeNeeded = ({ visitId, at, audience, place }: State): boolean =>
  visitId === undefined && at !== undefined && audience === 'confidential' && place === undefined

const pick = ({ picking: _, ...state }: State, arg: string): Step | null => {
  const purpose = visitPurposes.find((one) => one === arg)
  return purpose ? { to: { ...state, purpose } } : null
}

const chooseAudience = (state: State, arg: string): Step | null => {
  const { memberId: _, ...rest } = state
  if (arg === 'family') return { to: { ...rest, audience: 'family' } }
  const memberId = z.uuid().safeParse(arg).data
  return memberId ? { to: { ...rest, audience: 'confidential', memberId } } : null
}

const conclude = async (turn: Turn, state: State): Promise<Step | null> => {
  const { deps, who, say, now } = turn
  const { familyId, visitId, version, at, audience, memberId, count = 1, purpose = 'regular' } = state
  if (at === undefined || placeNeeded(state)) return null
  const [staff, startsAt] = [who?.staff, new Date(at)]
  const when = spokenMoment({ say, timeZone: deps.region.timeZone, now }, startsAt)
  if (visitId !== undefined && version !== undefined) {
    const moved = await turn.once((tx) =>
      moveVisitForStaff(tx, deps, { staff, visitId, version, startsAt, now }),
    )
    if (!moved) return { to: doneAt(state), notice: say.t('staffVisit.changed') }
    const sees = whoSees(say, moved, await isReadInBot(deps.database, familyId, moved))
    const notice = say.t('staffVisit.moved', { when, sees })
    return { to: doneAt(state), notice }
  }
  const planned = await turn.once((tx) =>
    planVisitsForStaff(tx, deps, {
      ...{ staff, familyId, startsAt, count, purpose, audience, place: state.place ?? null, now },
      memberIds: audience === 'confidential' && memberId !== undefined ? [memberId] : [],
    }),
  )
  const [first] = planned
  const read = await isReadInBot(deps.database, familyId, first)
  const sees = whoSees(say, first ?? { audience: 'family' }, read)
  return { to: doneAt(state), notice: say.t('planVisit.planned', { when, count: planned.length, sees }) }
}
