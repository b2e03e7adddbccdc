import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { errorTexts } from '#dialogue/errors.ts'
import type { StateOf } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { caseHistory } from '#features/cases/history-for-staff.ts'
import { readDayWithWords } from '#features/cases/typed-day.ts'
import { correctOwnEvent } from '#features/families/act-on-family.ts'
import { ofFamilyInCharge } from './family-link.ts'
import { readSafety } from './read-safety.ts'
import { caseHistoryView, correctionView } from './staff-case-history-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'case-history': z.infer<typeof historyState>
  }
  interface Links {
    'f-history': 'case-history'
  }
}

const historyState = z.object({
  familyId: z.uuid(),
  eventId: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  /** Whether it is being asked if the event did not happen at all. */
  sure: z.literal(true).optional(),
  problem: z.string().optional(),
})
type State = StateOf<'case-history'>

/** As over the API. */
const longestWords = 500

/** What is recorded of a case. A wrong day is corrected, and what did not happen is taken back: by a row, never by an edit. */
export const caseHistoryScreen = defineScreen({
  name: 'case-history',
  state: historyState,
  aside: true,
  varies: ['problem'],
  links: { 'f-history': ofFamilyInCharge((familyId) => ({ name: 'case-history', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'case-history', familyId }),
  draw: async (turn, { familyId, eventId, sure = false, problem = null }) => {
    const { deps, who, now, builder } = turn
    const asked = { staff: who?.staff, familyId, now }
    const history = await deps.database.transaction((tx) => caseHistory(tx, deps, asked))
    const facts = { ...history, problem, safety: await readSafety(turn, familyId), region: deps.region, now }
    const event = history.events.find(({ id }) => String(id) === eventId)
    return event ? correctionView(builder, { ...facts, event, sure }) : caseHistoryView(builder, facts)
  },
  tap: (turn, state, tap) => {
    const { familyId, eventId, sure } = state
    if (tap.action === 'back' || tap.action === 'no')
      return { to: { name: 'case-history', familyId, ...(sure && eventId && { eventId }) } }
    if (tap.action === 'set' && /^\d{1,18}$/.test(tap.arg))
      return { to: { name: 'case-history', familyId, eventId: tap.arg } }
    if (eventId === undefined) return null
    if (tap.action === 'withdraw') return { to: { name: 'case-history', familyId, eventId, sure: true } }
    return tap.action === 'yes' && sure ? correct(turn, state, { eventId, on: null, words: null }) : null
  },
  words: (turn, state, text) => {
    const { familyId, eventId, sure } = state
    if (eventId === undefined) return null
    const again = { name: 'case-history' as const, familyId, eventId, ...(sure && { sure }) }
    if (countCharacters(text) > longestWords) return { to: { ...again, problem: 'caseTerms.tooLong' } }
    // Where it is asked whether it happened at all, words say why it did not.
    if (sure) return correct(turn, state, { eventId, on: null, words: text })
    const said = readDayWithWords(text, { now: turn.now, timeZone: turn.deps.region.timeZone })
    return said
      ? correct(turn, state, { eventId, ...said })
      : { to: { ...again, problem: 'caseEvents.unclear' } }
  },
})

const correct = async (
  turn: Turn,
  { familyId }: State,
  { eventId, on, words }: { eventId: string; on: string | null; words: string | null },
): Promise<Step> => {
  const { who, now, deps, say } = turn
  const given = { staff: who?.staff, familyId, eventId: BigInt(eventId), on, words, now }
  try {
    await turn.once((tx) => correctOwnEvent(tx, deps, given))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    // Somebody else has corrected it meanwhile: the list has the row in force.
    if (error.code === 'stale')
      return { to: { name: 'case-history', familyId, problem: 'caseHistory.stale' } }
    if (error.field !== 'on') throw error
    return { to: { name: 'case-history', familyId, eventId, problem: errorTexts[error.code] } }
  }
  const notice = say.t(on === null ? 'caseHistory.takenBack' : 'caseHistory.corrected')
  return { to: { name: 'case-history', familyId }, notice }
}
