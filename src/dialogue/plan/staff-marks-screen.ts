import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { ofFamilyInCharge } from '#dialogue/families/family-link.ts'
import { activitiesToMark, longestMarkWords, markForStaff } from '#features/plan/marks-for-staff.ts'
import { markView, toMarkView } from './staff-marks-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    'f-marks': z.infer<typeof marksState>
  }
  interface Links {
    'f-marks': 'f-marks'
  }
}

const marksState = z.object({
  familyId: z.uuid(),
  activityId: z.uuid().optional(),
  words: z
    .string()
    .max(longestMarkWords * 2)
    .optional(),
  problem: z.string().optional(),
  page: z.number().int().min(0).optional(),
})

/** Whether the activities of a plan took place: which one, then yes or no. */
export const marksScreen = defineScreen({
  name: 'f-marks',
  state: marksState,
  aside: true,
  varies: ['page', 'problem'],
  links: { 'f-marks': ofFamilyInCharge((familyId) => ({ name: 'f-marks', familyId })) },
  afterCommit: (_, { familyId }) => ({ name: 'f-marks', familyId }),
  draw: async (turn, { familyId, activityId, words = null, problem, page = 0 }) => {
    const { builder, now } = turn
    const { family, waiting } = await read(turn, familyId)
    const chosen = waiting.find(({ activity }) => activity.id === activityId)
    return chosen
      ? markView(builder, { family, chosen, words, tooLong: problem !== undefined, now })
      : toMarkView(builder, { family, waiting, page, now })
  },
  tap: (turn, { familyId, activityId, words }, tap) => {
    const list = { name: 'f-marks' as const, familyId }
    if (tap.action === 'back') return { to: activityId === undefined ? { name: 'f-plan', familyId } : list }
    if (tap.action === 'page' && /^\d{1,3}$/.test(tap.arg)) return { to: { ...list, page: Number(tap.arg) } }
    if (activityId !== undefined) {
      if (tap.action !== 'yes' && tap.action !== 'no') return null
      return mark(turn, { familyId, activityId, words, on: tap.arg, happened: tap.action === 'yes' })
    }
    const chosen = tap.action === 'set' ? z.uuid().safeParse(tap.arg).data : undefined
    return chosen ? { to: { ...list, activityId: chosen } } : null
  },
  words: (_, { problem: __, ...state }, text) => {
    if (state.activityId === undefined) return null
    return countCharacters(text) > longestMarkWords
      ? { to: { ...state, problem: 'too-long' } }
      : { to: { ...state, words: text } }
  },
})

const read = ({ deps, who, now }: Turn, familyId: string) =>
  deps.database.transaction((tx) => activitiesToMark(tx, deps, { staff: who?.staff, familyId, now }))

const mark = async (
  turn: Turn,
  {
    familyId,
    ...made
  }: { familyId: string; activityId: string; on: string; happened: boolean; words: string | undefined },
): Promise<Step> => {
  const { deps, who, say, now } = turn
  const to = { name: 'f-marks' as const, familyId }
  try {
    await turn.once((tx) => markForStaff(tx, deps, { staff: who?.staff, ...made, now }))
  } catch (error) {
    // Somebody else has reported meanwhile, or another day has come.
    if (!(error instanceof DomainError) || error.code !== 'already-closed') throw error
    return { to, notice: say.t('planMarks.changed') }
  }
  return { to, notice: say.t(made.happened ? 'planMarks.was' : 'planMarks.wasNot') }
}
