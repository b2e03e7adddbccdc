import type { Language } from '#core/text.ts'
import type { Question, Survey, Words } from '#surveys/schema.ts'
import { secondsOf } from './estimated-time.ts'

/** To whom words are said. */
export type Reader = { language: Language; minor: boolean }

/** The words for whoever reads them: Russian where there is no English, and an adult's where a minor has none of their own. */
export const wordsFor = ({ ru, en }: Words, { language, minor }: Reader): string => {
  const forms = (language === 'en' && en) || ru
  return (minor && forms.minor) || forms.adult
}

/** How long it takes at most, in whole minutes, one at least. */
export const minutesOf = ({ questions }: Pick<Survey, 'questions'>): number =>
  Math.max(1, Math.ceil(secondsOf(questions) / 60))

/** A question as it is read. */
export type SpokenQuestion = Pick<Question, 'code' | 'kind'> & {
  words: string
  required: boolean
  /** What may be chosen, in its order; empty where a number or words are asked for. `arg` is the number or the code. */
  choices: { arg: string; words: string }[]
  /** Of `ten`: what 0 and 10 say. */
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
