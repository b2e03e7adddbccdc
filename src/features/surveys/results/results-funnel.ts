import { countFunnel, type FunnelRow } from '#storage/surveys/survey-funnel.ts'
import type { Reading } from '#storage/surveys/survey-reader.ts'
import type { Survey } from '#surveys/schema.ts'
import type { Funnel } from './survey-result.ts'
import { medianOf } from './statistics.ts'
import { secondsPerStep } from './answering-time.ts'

type Of = Omit<Parameters<typeof countFunnel>[1], 'slice'>

/**
 * Counts how far the members invited in the period got. `times`: how many of the submitted sets took how many steps;
 * empty if unknown. Stops at questions that are no longer asked are not reported.
 */
export const funnelOf = async (
  reading: Reading,
  {
    of,
    slice,
    survey,
    times,
  }: {
    of: Of
    slice: string | undefined
    survey: Survey
    times: readonly { value: number; count: number }[]
  },
): Promise<Funnel> => {
  const rows = await countFunnel(reading, { ...of, slice: slice ?? 'all' })
  const sum = (of: (row: FunnelRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  const steps = medianOf(times)
  return {
    invited: sum(({ invited }) => invited),
    opened: sum(({ opened }) => opened),
    started: sum(({ started }) => started),
    finished: sum(({ finished }) => finished),
    medianSeconds: steps === null ? null : Math.round((steps + 0.5) * secondsPerStep),
    stopped: survey.questions.map(({ code, words }) => ({
      question: code,
      words,
      count: rows.find(({ stopped }) => stopped === code)?.started ?? 0,
    })),
  }
}
