import { meets, type SurveyWalk } from './survey-walk.ts'

/** The questions, in order, whose answers are so low that somebody other than the curator is offered. */
export const lowAnswers = ({ path, answers }: SurveyWalk): string[] =>
  path.flatMap(({ code, rescue }) => {
    const answer = answers.get(code)
    return rescue && answer && meets(rescue, answer) ? [code] : []
  })
