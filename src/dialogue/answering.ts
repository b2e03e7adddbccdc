import { screenOf } from './screens.ts'
import type { ScreenState, Session } from './session.ts'

/** After so long without a word, a question that is still on the screen has been left. */
const leftAfterMs = 10 * 60_000

/** Cards of the questionnaire and of surveys, also those that are no question by themselves: it is not over there yet. */
const among: readonly ScreenState['name'][] = [
  'question',
  'danger',
  'summary',
  'change',
  'submit',
  'survey-question',
  'survey-rescue',
  'survey-heavy',
  'survey-check',
]

/** A card that takes words and asks for none: whoever looks at it may wait for the very answer. */
const open: readonly ScreenState['name'][] = ['messages']

/** Whether the person is in the middle of a question, or of words that they were asked for: no push interrupts them. */
export const isAnswering = ({ screen, lastInput }: Session, now: Date): boolean =>
  lastInput !== undefined &&
  now.getTime() - lastInput < leftAfterMs &&
  (among.includes(screen.name) || (screenOf(screen).words !== undefined && !open.includes(screen.name)))
