import { dayAt } from '#features/deadlines/deadline.ts'
import { helpKinds } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { findResponse } from '#storage/survey-answers.ts'
import type { Invitation } from '#storage/survey-invitations.ts'
import { addToTallies, type Counted, timeTaken, wholeSet } from '#storage/survey-tallies.ts'
import type { Answer, Answers, Question, Survey } from '#surveys/schema.ts'
import { isEmpty } from '../walk.ts'
import { passedOver, secondsPerStep, someChosen, stepsAtMost } from './values.ts'

/**
 * Counts an answer set, in the very transaction in which it is sent: the sums are what the results are read from, and
 * are true at any moment. `answers`: those on the path.
 */
export const countIn = async (
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
  const values = survey.questions.flatMap((question) => {
    const answer = answers.get(question.code)
    return answer
      ? valuesOf(question, answer).map((value) => ({ question: question.code, since: question.since, value }))
      : []
  })
  const set = [{ question: wholeSet, since: 0, value: 1 }, ...values]
  const month = dayAt(now, timeZone).with({ day: 1 }).toString()
  const counted = slicesOf(invitation).flatMap((slice): Counted[] => set.map((one) => ({ slice, ...one })))
  const time = { slice: 'all', question: timeTaken, since: 0, value: steps }
  await addToTallies(tx, { surveyCode, familyId, month, territory, minor, counted: [...counted, time] })
}

/**
 * What a set is counted by, besides its month and territory. Each dimension parts all sets without a rest, also those of
 * no level or curator, and those that a kind of help is not in: only so can be judged what a subtraction would tell.
 */
const slicesOf = ({ level, curatorId, helpKinds: kinds }: Invitation): string[] => [
  'all',
  `level:${level ?? 'none'}`,
  `curator:${curatorId ?? 'none'}`,
  ...helpKinds.map((kind) => `${kinds.includes(kind) ? 'kind' : 'not'}:${kind}`),
]

const valuesOf = ({ kind, options = [] }: Question, answer: Answer): number[] => {
  if (isEmpty(answer)) return [passedOver]
  if (kind === 'text') return [1]
  if (kind !== 'one' && kind !== 'many') return answer.number === null ? [passedOver] : [answer.number]
  const places = options.flatMap(({ code }, place) => (answer.codes.includes(code) ? [place] : []))
  return kind === 'many' ? [someChosen, ...places] : places
}
