import { dayAt } from '#features/deadlines/deadlines.ts'
import { helpKinds } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { findResponse } from '#storage/surveys/survey-answers.ts'
import type { Invitation } from '#storage/surveys/survey-invitations.ts'
import { addToTallies, type Counted, timeTaken, wholeSet } from '#storage/surveys/survey-tallies.ts'
import type { Answer, Answers, Question, Survey } from '#surveys/schema.ts'
import { isEmpty } from '../survey-walk.ts'
import { secondsPerStep, stepsAtMost } from './answering-time.ts'

/**
 * Adds an answer set to the tallies, in the transaction that submits it, so that results are always up to date.
 * `answers`: those on the path.
 */
export const tallyAnswers = async (
  tx: Tx,
  {
    invitation,
    survey,
    answers,
    timeZone,
    now,
  }: { invitation: Invitation; survey: Survey; answers: Answers; timeZone: string; now: Date },
): Promise<void> => {
  const { surveyCode, familyId, territory, minor } = invitation
  const response = await findResponse(tx, invitation.id)
  const seconds = response ? (now.getTime() - response.startedAt.getTime()) / 1000 : 0
  const steps = Math.min(stepsAtMost, Math.floor(seconds / secondsPerStep))
  const answered = survey.questions.flatMap((question) => {
    const answer = answers.get(question.code)
    return answer
      ? [{ question: question.code, since: question.since, values: valuesOf(question, answer) }]
      : []
  })
  const set = { question: wholeSet, since: 0, values: [] }
  const counted = [
    { slice: 'all', question: timeTaken, since: 0, values: [steps] },
    ...slicesOf(invitation).flatMap((slice): Counted[] =>
      [set, ...answered].map((one) => ({ slice, ...one })),
    ),
    ...restsOf(invitation).map((slice): Counted => ({ slice, ...set })),
  ]
  const month = dayAt(now, timeZone).with({ day: 1 }).toString()
  await addToTallies(tx, { surveyCode, familyId, month, territory, minor, counted })
}

/** The slices of an answer set besides its month and territory, including «none» for a missing level or curator. */
const slicesOf = ({ level, curatorId, helpKinds: kinds }: Invitation): string[] => [
  'all',
  `level:${level ?? 'none'}`,
  `curator:${curatorId ?? 'none'}`,
  ...helpKinds.filter((kind) => kinds.includes(kind)).map((kind) => `kind:${kind}`),
]

/** Complements of the kinds of help: suppression needs them to judge what a subtraction would reveal. */
const restsOf = ({ helpKinds: kinds }: Invitation): string[] =>
  helpKinds.filter((kind) => !kinds.includes(kind)).map((kind) => `not:${kind}`)

const valuesOf = ({ kind, options = [] }: Question, answer: Answer): number[] | null => {
  if (isEmpty(answer)) return null
  if (kind === 'one' || kind === 'many')
    return options.flatMap(({ code }, place) => (answer.codes.includes(code) ? [place] : []))
  return answer.number === null ? [] : [answer.number]
}
