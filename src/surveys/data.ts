import type { Condition, Question, Survey } from './schema.ts'

/** Words that several questions are answered in: `surveyTexts.scales` of `locales/`. */
type ScaleName = 'helped' | 'agree' | 'clear' | 'soon' | 'solved' | 'better'

/** A question of the product's own, without its words. */
export type QuestionData = Pick<Question, 'code' | 'kind' | 'rescue'> & {
  /** The version in which it was last changed; left out: the first. */
  since?: number
  scale?: ScaleName
  options?: readonly string[]
  showIf?: Condition
}

/** A survey of the product's own; its words are in `locales/<language>/surveyTexts.json`, codes in camelCase. */
export type SurveyData = Pick<Survey, 'code' | 'version' | 'when' | 'audience'> & {
  questions: readonly QuestionData[]
}
