import { z } from 'zod'
import { countCharacters } from '#core/words.ts'
import { pageOf, type Tap } from '#dialogue/callback-data.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { proposalText, signsView, tickedBy } from '#dialogue/levels/signs-view.ts'
import type { StateOf } from '#dialogue/registry.ts'
import type { View } from '#dialogue/view.ts'
import { longestLevelReason } from '#features/levels/decide-level.ts'
import type { LevelChoice } from '#features/levels/decide-level.ts'
import { needsReason, proposeLevel } from '#features/levels/propose-level.ts'
import { later } from '#features/requests/decision-draft.ts'
import type { Region } from '#regions/schema.ts'

// The signs of a level, asked while a request is being accepted: a detour of the question of the level.

export const signFields = {
  /** Undefined: nobody looked at the signs. */
  ticked: z.array(z.string().max(64)).max(60).optional(),
  /** The page of signs that is shown. */
  signPage: z.int().optional(),
  /** Why another level than the signs propose. */
  levelReason: z
    .string()
    .max(longestLevelReason * 2)
    .optional(),
}

type State = StateOf<'decide'>

/** Whether the chosen level is another one than the signs propose, and nobody has said why. */
export const lacksLevelReason = (
  { level, ticked, levelReason }: Pick<State, 'level' | 'ticked' | 'levelReason'>,
  region: Region,
): boolean =>
  ticked !== undefined &&
  level !== undefined &&
  level !== later &&
  levelReason === undefined &&
  needsReason(proposeLevel(region, ticked), level)

/** The card of the detour; null if the decision itself is asked about. */
export const signsCard = (builder: CardBuilder, state: State, region: Region): View | null => {
  const { ticked = [], signPage: page, level, problem } = state
  if (page !== undefined) return signsView(builder, { screen: 'decide', ticked, page, region })
  if (!lacksLevelReason(state, region)) return null
  const { say } = builder
  return builder.card(
    'decide',
    paragraphs(
      problem && `⚠️ ${say.t(`levels.problems.${problem}`)}`,
      say.t('levels.why', { level: say.label(`caseload.levels.${level ?? later}`) }),
      proposalText(say, region, proposeLevel(region, ticked)),
    ),
    [],
  )
}

/** Where a tap on the signs leads; null if it is about the decision itself. */
export const tapOnSigns = (state: State, tap: Tap, region: Region): State | null => {
  const { signPage, ticked = [], level, ...rest } = state
  const page = pageOf(tap)
  const asksLevel = state.outcome === 'support-agreed' && level === undefined
  if (page !== null && asksLevel && region.levelSigns.length > 0) return { ...rest, ticked, signPage: page }
  if (signPage === undefined) {
    const undo = tap.action === 'back' && lacksLevelReason(state, region)
    return undo ? { ...rest, ticked } : null
  }
  if (tap.action === 'done' || tap.action === 'back') return { ...rest, ticked }
  const after = tickedBy(region, ticked, tap)
  return after && { ...rest, ticked: after, signPage }
}

export const withLevelReason = ({ problem: _, ...state }: State, text: string): State =>
  countCharacters(text) > longestLevelReason
    ? { ...state, problem: 'tooLong' }
    : { ...state, levelReason: text }

/** What is kept with the family; null if nobody looked at the signs, or the level is left open. */
export const chosenLevel = ({ ticked, level, levelReason: reason }: State): LevelChoice | null =>
  ticked === undefined || level === undefined || level === later ? null : { signs: ticked, level, reason }
