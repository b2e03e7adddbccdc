import { adviceFor, numbersFor } from '#features/danger/danger-advice.ts'
import type { DangerKind } from '#features/danger/danger-kinds.ts'
import { listen } from '#features/danger/ear.ts'
import { helplinesFor } from '#features/danger/helplines.ts'
import type { HeardFacts } from './home/heard-view.ts'
import type { Input } from './input.ts'
import type { ScreenState } from './registry.ts'
import type { Turn } from './screen.ts'

/** What a person wrote with this input, whatever screen takes it; null for taps and the like. */
const writtenIn = ({ event }: Input): string | null => {
  const said = event.kind === 'edited' ? event.now : event
  if (said.kind === 'text') return said.text
  return said.kind === 'file' && said.caption !== '' ? said.caption : null
}

/** Passes every text of a family through the ear. What staff write is not a cry for help of their own. */
export const listenTo = async ({ input, deps, who }: Turn): Promise<Turn['heard']> => {
  const text = writtenIn(input)
  return text === null || who?.staff?.active ? null : listen(deps.database, text)
}

/** Screens that show the numbers themselves, beside an offer that somebody reads the words at once. */
const ownCards: readonly ScreenState['name'][] = ['messages', 'survey-heavy']

/** Whether the crisis card comes first, over the screen to which the words led. */
export const coversScreen = ({ heard }: Turn, to: ScreenState): boolean =>
  heard !== null && !(heard.urgent && ownCards.includes(to.name))

/** What the covered screen would have said of the words themselves: that they have arrived is never left unsaid. */
export const coveredNotice = ({ say }: Turn, to: ScreenState): string | null => {
  // Nobody has these yet, and the card over the offer would not say so.
  if (to.name === 'hand-over') return say.t('words.heldBehind')
  if (to.name === 'messages' && to.just === 'sent') return say.t('messages.sent')
  return to.name === 'status' && to.just === 'noted' ? say.t('status.just.noted') : null
}

/** What a crisis card says and whom it names, for these kinds and this reader. */
export const crisisFacts = ({ deps, say }: Turn, kinds: readonly DangerKind[]): HeardFacts => {
  const advice = adviceFor(kinds)
  const helplines = helplinesFor(deps.organisation.helplines ?? [], kinds, say.address)
  return { advice, numbers: numbersFor[advice], helplines }
}

/** For a screen that shows the numbers itself. */
export const heardIn = (turn: Turn): HeardFacts => crisisFacts(turn, turn.heard?.kinds ?? [])

/** Whether no one of the centre reads the person yet: there is neither a request nor a family. */
export const isUnsent = ({ who }: Turn): boolean => !who?.openRequest && !who?.families.length
