import type { Answer, Answers, Condition, Question, SingleCondition, Survey } from '#surveys/schema.ts'

export type SurveyWalk = {
  /** The questions that these answers lead through, in order, whether they are answered or not. */
  path: readonly Question[]
  /** The first of them that nobody has answered or passed over; null: all are done. */
  gap: Question | null
  /** The answers on the path, and no others: what is sent. */
  answers: Answers
}

/**
 * Walks a survey: back, change, leave and resume are all this one walk. A question is judged by answers to those before
 * it only, so that there is always an end; an answer that the path no longer meets does not count.
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

/** The question before this one on the path; null at the start, and for one that is not on it. */
export const questionBefore = ({ path }: SurveyWalk, code: string): Question | null =>
  path[path.findIndex((question) => question.code === code) - 1] ?? null

/** It was passed over. */
export const isEmpty = ({ number, codes, text }: Answer): boolean =>
  number === null && codes.length === 0 && text === null

/** What is there to choose for a condition or rescue: codes of options, and `yes` or `no`. */
const chosen = (answer: Answer): readonly string[] =>
  answer.codes.length > 0 ? answer.codes : answer.number === 1 ? ['yes'] : answer.number === 0 ? ['no'] : []

const holds = (condition: Condition, met: Answers): boolean =>
  'any' in condition ? condition.any.some((one) => holdsFor(one, met)) : holdsFor(condition, met)

const holdsFor = (condition: SingleCondition, met: Answers): boolean => {
  const answer = met.get(condition.question)
  return answer !== undefined && meets(condition, answer)
}

/** Whether an answer meets a bound or a choice; one that was passed over meets none. */
export const meets = (
  bound: { atMost: number } | { atLeast: number } | { is: readonly string[] },
  answer: Answer,
): boolean => {
  if ('is' in bound) return chosen(answer).some((code) => bound.is.includes(code))
  if (answer.number === null) return false
  return 'atMost' in bound ? answer.number <= bound.atMost : answer.number >= bound.atLeast
}
