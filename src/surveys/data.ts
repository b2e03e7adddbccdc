import type { Condition, Question, Survey } from './schema.ts'

/** Answer scales shared by several questions: `surveyTexts.scales` in `locales/`. */
export const scaleNames = ['helped', 'agree', 'clear', 'soon', 'solved', 'better'] as const
export type ScaleName = (typeof scaleNames)[number]

/** A built-in question without its wording. */
export type QuestionData = Pick<Question, 'code' | 'kind' | 'rescue'> & {
  /** The version that last changed it; omitted: the first. */
  since?: number
  scale?: ScaleName
  options?: readonly string[]
  showIf?: Condition
}

/** A built-in survey; its wording is in `locales/<language>/surveyTexts.json`, with codes in camelCase. */
export type SurveyData = Pick<Survey, 'code' | 'version' | 'when' | 'audience'> & {
  questions: readonly QuestionData[]
}
