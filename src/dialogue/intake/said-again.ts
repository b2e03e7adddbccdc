import { isDeepStrictEqual } from 'node:util'
import { isBehind } from '#dialogue/behind.ts'
import type { Turn } from '#dialogue/screen.ts'
import type { Answers, QuestionId } from '#features/intake/answers.ts'
import { walk } from '#features/intake/walk.ts'
import { takeWords } from './parse-answer.ts'

// A process may die after it has stored an answer and before its card is drawn; a session may be lost. Whoever sees no card
// says the same again.

/** Answers in a form that nothing else has. A number may be somebody else's. */
const formed = ['birthDate', 'children'] as const
const typed = [...formed, 'phone', 'territoryWords', 'name'] as const

/** Whether words beside the questions repeat an answer that is stored already. */
export const isStored = (turn: Turn, text: string): boolean => {
  const story = turn.answers.ownWords ?? ''
  return story === text || story.endsWith(`\n${text}`) || typed.some((id) => repeats(turn, id, text))
}

/**
 * Whether words at the question `at` only repeat what was asked before it: years are no story, and a story is no name. A
 * name may stand in the story, too, so that nobody is kept at the question by it.
 */
export const isEarlierAnswer = (turn: Turn, at: QuestionId, text: string): boolean => {
  if (at === 'name' && text === turn.answers.ownWords) return text.split(/\s+/).length > 3
  return (at === 'name' || at === 'ownWords') && formed.some((id) => repeats(turn, id, text))
}

const repeats = (turn: Turn, id: (typeof typed)[number], text: string): boolean => {
  if (turn.answers[id] === undefined) return false
  const taken = takeWords(turn, id, text)
  return taken !== null && 'answers' in taken && isDeepStrictEqual(taken.answers[id], turn.answers[id])
}

/**
 * Words in the form of the next answer, though the session does not know that this question is on the person's screen: they
 * are the answer, and no story. Null for all others.
 */
export const answerInOrder = (turn: Turn, text: string | null): Answers | null => {
  const { session, input } = turn
  if (text === null || (session.screen.name === 'question' && !input.unseen && !isBehind(turn))) return null
  const { gap } = walk(turn.answers, turn.deps.region)
  const id = formed.find((one) => one === gap)
  const taken = id ? takeWords(turn, id, text) : null
  return taken !== null && 'answers' in taken ? taken.answers : null
}
