import { countCharacters } from '#core/words.ts'
import { adviceFor, numbersFor } from '#features/danger/danger-advice.ts'
import type { DangerKind } from '#features/danger/danger-kinds.ts'
import { listen } from '#features/danger/ear.ts'
import { helplinesFor } from '#features/danger/helplines.ts'
import { longestStory } from '#features/intake/answers.ts'
import { addNote } from '#features/requests/request-for-member.ts'
import type { HeardFacts } from './home/heard-view.ts'
import type { Input } from './input.ts'
import type { ScreenState } from './registry.ts'
import type { Step, Turn } from './screen.ts'

/** What a person wrote with this input, whatever screen takes it; null for taps and the like. */
const writtenIn = ({ event }: Input): string | null => {
  if (event.kind === 'text') return event.text
  return event.kind === 'file' && event.caption !== '' ? event.caption : null
}

/** Passes every text of a family through the ear. What staff write is not a cry for help of their own. */
export const hear = async ({ input, deps, who }: Turn): Promise<Turn['heard']> => {
  const text = writtenIn(input)
  return text === null || who?.staff?.active ? null : listen(deps.database, text)
}

/** Screens that show the numbers themselves, beside an offer that somebody reads the words at once. */
const ownCards: readonly ScreenState['name'][] = ['messages', 'survey-heavy']

/** Whether the crisis card comes first, over the screen to which the words led. */
export const coversScreen = ({ heard }: Turn, to: ScreenState): boolean =>
  heard !== null && !(heard.urgent && ownCards.includes(to.name))

/**
 * Words that were written under the crisis card answer no question, because the question is not on the screen. They join
 * the request or the story that has been begun; null where there is neither.
 */
export const keepUnderCard = async (turn: Turn, text: string): Promise<Step | null> => {
  const { who, session, deps, now, say, answers } = turn
  if (countCharacters(text) > longestStory) return null
  if (who?.openRequest) {
    await turn.once((tx) => addNote(tx, deps, { who, text, now }))
    return { to: { name: 'status', just: 'noted' } }
  }
  if (Object.keys(answers).length === 0) return null
  const story = [answers.ownWords, text].filter(Boolean).join('\n\n')
  if (countCharacters(story) > longestStory) return null
  await turn.keep({ ...answers, ownWords: story })
  return { to: session.screen, notice: say.t('heard.kept') }
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

/** Words that no question took, kept in the session until the next card, so that the short way can take them along. */
export const keepSaid = (turn: Turn): void => {
  const { session, input, answers } = turn
  const text = writtenIn(input)
  if (text === null || !isUnsent(turn) || Object.keys(answers).length > 0) return
  const said = [session.said, text].filter(Boolean).join('\n\n')
  session.said = [...said].slice(0, longestStory).join('')
}
