import { z } from 'zod'
import { ofFamilyInCharge } from '#dialogue/families/family-link.ts'
import { plainDay } from '#dialogue/plan/plan-words-view.ts'
import { defineScreen, type Turn } from '#dialogue/screen.ts'
import { readDay } from '#features/cases/typed-day.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { helpForStaff, recordOwnHelpResult, takeBackOwnHelpResult } from '#features/registers/help-results.ts'
import { caseFactsOf } from '#regions/registers/index.ts'
import { helpResultCodes } from '#regions/registers/register.ts'
import { helpResultView, helpToResultView } from './help-results-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'help-results': z.infer<typeof resultsState>
  }
  interface Links {
    'f-results': 'help-results'
  }
}

const resultsState = z.object({
  familyId: z.uuid(),
  activityId: z.uuid().optional(),
  /** Another day than today. */
  on: z.iso.date().optional(),
  problem: z.string().optional(),
  page: z.number().int().min(0).optional(),
})

/** What came of each help: which one, then the result, on today or on a day that was written first. */
export const helpResultsScreen = defineScreen({
  name: 'help-results',
  state: resultsState,
  aside: true,
  varies: ['page', 'problem'],
  links: { 'f-results': ofFamilyInCharge((familyId) => ({ name: 'help-results', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'help-results', familyId }),
  draw: async (turn, { familyId, activityId, on, problem = null, page = 0 }) => {
    const { deps, who, now, builder } = turn
    const { family, help } = await deps.database.transaction((tx) =>
      helpForStaff(tx, deps, { staff: who?.staff, familyId, now }),
    )
    const chosen = help.find(({ activity }) => activity.id === activityId)
    if (chosen) return helpResultView(builder, { chosen, on: on ?? today(turn), problem, now })
    const facts = caseFactsOf(deps.region.registers).length > 0
    return helpToResultView(builder, { family, help, facts, page, now })
  },
  tap: async (turn, { familyId, activityId, on = today(turn) }, tap) => {
    const { deps, who, now, say } = turn
    const list = { name: 'help-results' as const, familyId }
    if (tap.action === 'back') return activityId === undefined ? null : { to: list }
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg)) return { to: { ...list, page: Number(tap.arg) } }
    if (tap.action === 'withdraw' && activityId !== undefined) {
      await turn.once((tx) =>
        takeBackOwnHelpResult(tx, deps, { staff: who?.staff, familyId, activityId, now }),
      )
      return { to: list, notice: say.t('registers.resultTakenBack') }
    }
    if (tap.action !== 'set') return null
    if (activityId === undefined) {
      const chosen = z.uuid().safeParse(tap.arg).data
      return chosen ? { to: { ...list, activityId: chosen } } : null
    }
    const result = helpResultCodes.find((one) => one === tap.arg)
    if (!result) return null
    await turn.once((tx) =>
      recordOwnHelpResult(tx, deps, { staff: who?.staff, familyId, activityId, result, on, now }),
    )
    const noted = { what: say.label(`registers.resultOf.${result}`), day: plainDay(say, on, now) }
    return { to: list, notice: say.t('registers.noted', noted) }
  },
  words: (turn, { familyId, activityId }, text) => {
    if (activityId === undefined) return null
    const state = { name: 'help-results' as const, familyId, activityId }
    return { to: { ...state, ...typedDay(turn, text) } }
  },
})

const today = ({ deps, now }: Turn): string => dayAt(now, deps.region.timeZone).toString()

/** A day that was written before the choice, or why it cannot be taken. */
export const typedDay = (turn: Turn, text: string): { on: string } | { problem: string } => {
  const on = readDay(text, { now: turn.now, timeZone: turn.deps.region.timeZone })
  if (on === null) return { problem: 'registers.unclear' }
  return on > today(turn) ? { problem: 'registers.future' } : { on }
}
