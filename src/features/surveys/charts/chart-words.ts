import type { Say } from '#core/text.ts'
import type { Dimension, Part, QuestionResult } from '../results/survey-result.ts'
import { wordsFor } from '../spoken-questions.ts'

/** The language of a chart, and the names of groups. */
export type ChartWords = { say: Say; groupName: (by: Dimension, code: string) => string }

export const questionWords = ({ words }: Pick<QuestionResult, 'words'>, { language }: Say): string =>
  wordsFor(words, { language, minor: false })

/** The label of an answer: «4 · Помогли», «Да», «Врачи и лечение», «7». */
export const partWords = ({ value, code, words }: Part, say: Say): string => {
  if (code === 'yes' && !words) return say.label('surveyCharts.yes')
  if (code === 'no' && !words) return say.label('surveyCharts.no')
  if (!words) return String(value)
  const label = wordsFor(words, { language: say.language, minor: false })
  return code === null ? `${value} · ${label}` : label
}
