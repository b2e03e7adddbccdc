import { adviceFor, numbersFor } from '#features/danger/danger-advice.ts'
import type { DangerKind } from '#features/danger/danger-kinds.ts'
import type { DangerMoment } from '#features/danger/moment.ts'
import { helplinesFor } from '#features/danger/helplines.ts'
import { holdsUnderTen } from './intake/begin-intake.ts'
import { type HeardFacts, heardView } from './home/heard-view.ts'
import type { ScreenState } from './registry.ts'
import type { Turn } from './screen.ts'
import type { View } from './view.ts'

// The one place that decides whether the danger card comes first, and what it says of the words that were written.

/** Screens that show the numbers themselves, because of what was answered with a tap. */
const tapped: readonly ScreenState['name'][] = ['danger', 'survey-heavy', 'under-ten-help']

export const isDangerCard = ({ name }: ScreenState): boolean => tapped.includes(name)

export type DangerCard = {
  view: View
  kinds: readonly DangerKind[]
  /** What the covered screen would have said of the words: that they have arrived is never left unsaid. */
  notice: string | null
}

/** The danger card over the screen to which the words led; null if that screen is shown itself. */
export const dangerCard = (turn: Turn, to: ScreenState): DangerCard | null => {
  const { heard, builder } = turn
  // It has the numbers for these words beside an offer that somebody reads them at once.
  if (heard === null || (heard.urgent && to.name === 'survey-heavy')) return null
  const { kinds } = heard
  const urgently = heard.urgent && to.name === 'messages' && to.just !== undefined
  const held = to.name === 'hand-over'
  const facts = {
    ...crisisFacts(turn, kinds, heard.moment),
    unsent: isUnsent(turn),
    underTen: holdsUnderTen(turn),
    // Who does not see it comes first of all.
    urgently: urgently && !isApart(to),
    // That nobody reads these words yet stands beside the button that passes them on: what to do comes first.
    held: held ? arrived(turn, to) : null,
  }
  return {
    view: heardView(builder, facts),
    kinds,
    notice: facts.urgently || held ? null : arrived(turn, to),
  }
}

const isApart = (to: ScreenState): boolean =>
  to.name === 'messages' && (to.just === 'apart' || to.just === 'kept')

const arrived = (turn: Turn, to: ScreenState): string | null => {
  const { say, who, heard } = turn
  // Nobody has these yet; the card's own button passes them on, or leads to what an application asks.
  if (to.name === 'hand-over') {
    if (!isUnsent(turn)) return say.t('words.heldKnown')
    return say.t(holdsUnderTen(turn) ? 'words.heldUnderTenDanger' : 'words.heldUnsent')
  }
  if (isApart(to)) return say.t(heard?.urgent ? 'messages.apart.briefUrgent' : 'messages.apart.brief')
  if (to.name === 'messages' && to.just) return say.t('messages.sent')
  if (to.name !== 'status') return null
  if (to.just === 'anew') return say.t('status.anew', { number: who?.openRequest?.number ?? '' })
  if (to.just === 'objected') return say.t('decision.objected')
  return to.just === 'noted' ? say.t('status.just.noted') : null
}

/** What a crisis card says and whom it names, for these kinds and this reader. */
export const crisisFacts = (
  { deps, say }: Turn,
  kinds: readonly DangerKind[],
  moment?: DangerMoment,
): HeardFacts => {
  const advice = adviceFor(kinds, moment)
  const helplines = helplinesFor(deps.organisation.helplines ?? [], kinds, say.address)
  return { advice, numbers: numbersFor[advice], helplines }
}

/** For a screen that shows the numbers itself. */
export const heardIn = (turn: Turn): HeardFacts =>
  crisisFacts(turn, turn.heard?.kinds ?? [], turn.heard?.moment)

/** Whether no one of the centre reads the person yet: there is neither a request nor a family. */
const isUnsent = ({ who }: Turn): boolean => !who?.openRequest && !who?.families.length
