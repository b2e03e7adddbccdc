import { countFunnel, countStopped } from '#storage/survey-funnel.ts'
import type { Reading } from '#storage/survey-reader.ts'
import type { Survey } from '#surveys/schema.ts'
import { momentsOf } from './months.ts'
import type { Funnel, ResultsQuery } from './result.ts'
import { medianOf } from './statistics.ts'
import { secondsPerStep } from './values.ts'

/**
 * How many of those who were told of a survey in the period came how far. `times`: how many of the sets that were sent
 * in it took how many steps; none where that is not known. Of a question that is not asked any more nobody learns how many stopped there.
 */
export const funnelOf = async (
  reading: Reading,
  {
    query: { code: surveyCode, version: _, from, until, ...narrowed },
    survey,
    timeZone,
    times,
  }: {
    query: ResultsQuery
    survey: Survey
    timeZone: string
    times: readonly { value: number; count: number }[]
  },
): Promise<Funnel> => {
  const told = { surveyCode, ...momentsOf({ from, until }, timeZone), ...narrowed }
  const counts = await countFunnel(reading, told)
  const stopped = new Map((await countStopped(reading, told)).map(({ question, count }) => [question, count]))
  const steps = medianOf(times)
  return {
    ...counts,
    medianSeconds: steps === null ? null : Math.round((steps + 0.5) * secondsPerStep),
    stopped: survey.questions.map(({ code, words }) => ({
      question: code,
      words,
      count: stopped.get(code) ?? 0,
    })),
  }
}
