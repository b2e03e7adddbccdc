import type { Answer, Answers, Condition, Question, SingleCondition, Survey } from '#surveys/schema.ts'

export type SurveyWalk = {
  /** The questions on the path in order, answered or not. */
  path: readonly Question[]
  /** The first question on the path that is neither answered nor skipped; null if complete. */
  gap: Question | null
  /** Only the answers on the path: those that are submitted. */
  answers: Answers
}

/**
 * Computes the path of a survey; back, change, leave and resume all use it. A condition depends only on earlier
 * answers, so the walk always ends. Answers off the path do not count.
 */
export const walkSurvey = ({ questions }: Pick<Survey, 'questions'>, answers: Answers): SurveyWalk => {
  const path: Question[] = []
  const met = new Map<string, Answer>()
  let gap: Question | null = null
  for (const question of questions) {
    if (question.showIf && !holds(question.showIf, met)) continue
    path.push(question)
    const answer = answers.get(question.code)
    if (answer && (!isEmpty(answer) || !question.required)) met.set(question.code, answer)
    else gap ??= question
  }
  return { path, gap, answers: met }
}

/** The previous question on the path; null at the start, and for a question off the path. */
export const questionBefore = ({ path }: SurveyWalk, code: string): Question | null =>
  path[path.findIndex((question) => question.code === code) - 1] ?? null

/** Whether the question was skipped. */
export const isEmpty = ({ number, codes, text }: Answer): boolean =>
  number === null && codes.length === 0 && text === null

/** The codes of an answer for a condition or rescue: option codes, or `yes` and `no`. */
const chosen = (answer: Answer): readonly string[] =>
  answer.codes.length > 0 ? answer.codes : answer.number === 1 ? ['yes'] : answer.number === 0 ? ['no'] : []

const holds = (condition: Condition, met: Answers): boolean =>
  'any' in condition ? condition.any.some((one) => holdsFor(one, met)) : holdsFor(condition, met)

const holdsFor = (condition: SingleCondition, met: Answers): boolean => {
  const answer = met.get(condition.question)
  return answer !== undefined && meets(condition, answer)
}

/** Whether an answer meets a bound or a choice; a skipped one never does. */
export const meets = (
  bound: { atMost: number } | { atLeast: number } | { is: readonly string[] },
  answer: Answer,
): boolean => {
  if ('is' in bound) return chosen(answer).some((code) => bound.is.includes(code))
  if (answer.number === null) return false
  return 'atMost' in bound ? answer.number <= bound.atMost : answer.number >= bound.atLeast
}
