import { meets, type SurveyWalk } from './survey-walk.ts'

/** The questions, in order, with answers low enough to offer a contact other than the curator. */
export const lowAnswers = ({ path, answers }: SurveyWalk): string[] =>
  path.flatMap(({ code, rescue }) => {
    const answer = answers.get(code)
    return rescue && answer && meets(rescue, answer) ? [code] : []
  })
