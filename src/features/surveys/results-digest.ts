import type { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { lastDigestAt, sentSince } from '#storage/surveys/survey-digests.ts'
import { listRescues } from '#storage/surveys/survey-rescues.ts'
import type { Measure, QuestionResult, SurveyResults } from './results/survey-result.ts'
import { surveyResults } from './results/results.ts'

/** The weekly digest of a supervisor: three sentences and a picture. */
export type Digest = {
  /** Results of the most answered survey, over the last three months. */
  results: SurveyResults
  /** Answer sets to all surveys since the last digest. */
  sets: number
  /** The largest change from the previous three months, or null if nothing moved. */
  moved: { question: QuestionResult; before: Measure; now: Measure } | null
  /** Open requests for a contact with the earliest deadline; otherwise the lowest figure. */
  attention: { open: number; dueAt: Date } | { lowest: QuestionResult; value: Measure } | null
}

/** With fewer families, a digest would be about individuals. */
const leastFamilies = 5
const months = 3
const monthMs = 30 * 24 * 60 * 60_000
/** A change counts from this fraction of the range on. */
const noticeable = 0.05

/** Returns null if too few families answered since the last digest, or in the month before the first one. */
export const digestFor = async (
  database: Database,
  { region: { timeZone } }: { region: Region },
  { staff, now }: { staff: Pick<StaffMember, 'id' | 'territories'>; now: Date },
): Promise<Digest | null> => {
  const { territories } = staff
  const since = (await lastDigestAt(database, staff.id)) ?? new Date(now.getTime() - monthMs)
  const sent = await sentSince(database, { since, territories })
  const [most] = sent
  if (!most || most.families < leastFamilies) return null
  const month = dayAt(now, timeZone).toPlainYearMonth()
  const resultsOf = (last: Temporal.PlainYearMonth) => {
    const from = last.subtract({ months: months - 1 }).toString()
    const query = { code: most.surveyCode, from, until: last.toString() }
    const reach = { territories, staffId: staff.id }
    return surveyResults(database, { query, reach, minors: true, timeZone })
  }
  const results = await resultsOf(month)
  const before = await resultsOf(month.subtract({ months }))
  const open = await listRescues(database, { territories, open: true, limit: 200 })
  // A rated curator must not learn of the request, not even from a count of one.
  const [oldest, ...others] = open.filter(
    ({ curatorId, familyCuratorId }) => curatorId !== staff.id && familyCuratorId !== staff.id,
  )
  return {
    results,
    sets: sent.reduce((sum, { sets }) => sum + sets, 0),
    moved: largestChange(results, before),
    attention: oldest ? { open: 1 + others.length, dueAt: oldest.dueAt } : lowestOf(results),
  }
}

const ranges = { scale: 4, ten: 10, 'yes-no': 1 } as const

const rangeOf = ({ kind }: QuestionResult): number =>
  kind === 'scale' || kind === 'ten' || kind === 'yes-no' ? ranges[kind] : Number.POSITIVE_INFINITY

/** Returns the largest change, relative to the range, of the figures present in both periods. Pure. */
export const largestChange = (now: SurveyResults, before: SurveyResults): Digest['moved'] => {
  const pairs = now.questions.flatMap((question) => {
    const same = before.questions.find(
      ({ code, since }) => code === question.code && since === question.since,
    )
    const [of, was] = [question.answers?.measure, same?.answers?.measure]
    return of && was ? [{ question, now: of, before: was }] : []
  })
  const by = (pair: (typeof pairs)[number]) =>
    Math.abs(pair.now.value - pair.before.value) / rangeOf(pair.question)
  const most = pairs.toSorted((a, b) => by(b) - by(a))[0]
  return most && by(most) >= noticeable ? most : null
}

const lowestOf = ({ questions }: SurveyResults): Digest['attention'] => {
  const measured = questions.flatMap((question) =>
    question.answers?.measure && question.kind === 'scale'
      ? [{ lowest: question, value: question.answers.measure }]
      : [],
  )
  return measured.toSorted((a, b) => a.value.value - b.value.value)[0] ?? null
}

/** Monday of the week of a moment, ISO. */
export const weekOf = (now: Date, timeZone: string): string => {
  const day = dayAt(now, timeZone)
  return day.subtract({ days: day.dayOfWeek - 1 }).toString()
}
