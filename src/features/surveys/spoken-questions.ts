import type { Language } from '#core/text.ts'
import type { Question, Survey, Words } from '#surveys/schema.ts'
import { secondsOf } from './estimated-time.ts'

/** The reader of a text. */
export type Reader = { language: Language; minor: boolean }

/** Picks the text for a reader: Russian if there is no English, and the adult form if there is none for minors. */
export const wordsFor = ({ ru, en }: Words, { language, minor }: Reader): string => {
  const forms = (language === 'en' && en) || ru
  return (minor && forms.minor) || forms.adult
}

/** Longest estimated time in whole minutes, at least 1. */
export const minutesOf = ({ questions }: Pick<Survey, 'questions'>): number =>
  Math.max(1, Math.ceil(secondsOf(questions) / 60))

/** A question in the reader's language. */
export type SpokenQuestion = Pick<Question, 'code' | 'kind'> & {
  words: string
  required: boolean
  /** The choices in order; empty for numbers and free text. `arg` is the number or the code. */
  choices: { arg: string; words: string }[]
  /** The labels of 0 and 10, for `ten`. */
  ends: [string, string] | null
}

export const spokenQuestion = (question: Question, reader: Reader): SpokenQuestion => {
  const { code, kind, words, required = false, scale = [], options = [], ends } = question
  const say = (one: Words) => wordsFor(one, reader)
  return {
    code,
    kind,
    required,
    words: say(words),
    choices: [
      ...scale.map((one, index) => ({ arg: String(index + 1), words: say(one) })),
      ...options.map((one) => ({ arg: one.code, words: say(one.words) })),
    ],
    ends: ends ? [say(ends[0]), say(ends[1])] : null,
  }
}
