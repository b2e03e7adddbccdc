import { cleanText, countCharacters } from '#core/words.ts'
import type { Answer, Question } from '#surveys/schema.ts'

/** Longest free-text answer, in characters as people count them. */
export const longestAnswer = 500

/** The input from a button or a message. */
export type Said = { number: number } | { codes: readonly string[] } | { text: string } | 'skip'

const nothing: Answer = { number: null, codes: [], text: null }

/**
 * Returns the answer as it is stored, or null if the input does not answer this question. The order and repetition of
 * `codes` have no meaning.
 */
export const readAnswer = (question: Question, said: Said): Answer | null => {
  if (said === 'skip') return question.required ? null : nothing
  if ('number' in said) return inRange(question, said.number) ? { ...nothing, number: said.number } : null
  if ('text' in said) return question.kind === 'text' ? words(said.text) : null
  if (question.kind !== 'one' && question.kind !== 'many') return null
  const own = question.options?.map(({ code }) => code) ?? []
  const codes = own.filter((code) => said.codes.includes(code))
  const known = said.codes.every((code) => own.includes(code))
  const fitting = question.kind === 'one' ? codes.length === 1 : codes.length > 0
  return known && fitting ? { ...nothing, codes } : null
}

const ranges = { scale: [1, 5], ten: [0, 10], 'yes-no': [0, 1] } as const

const inRange = ({ kind }: Question, number: number): boolean => {
  if (kind !== 'scale' && kind !== 'ten' && kind !== 'yes-no') return false
  const [least, most] = ranges[kind]
  return Number.isInteger(number) && number >= least && number <= most
}

const words = (text: string): Answer | null => {
  const clean = cleanText(text)
  return clean === '' || countCharacters(clean) > longestAnswer ? null : { ...nothing, text: clean }
}
