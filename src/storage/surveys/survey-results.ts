import { Prisma } from '#generated/client.ts'
import type { Reading } from './survey-reader.ts'
import { allTerritoriesKey, timeTaken, wholeSet } from './survey-tallies.ts'

/** Selects answers submitted in a range of months (first days, ISO, inclusive), in one territory or the whole scope. */
export type SumsFilter = {
  surveyCode: string
  from: string
  until: string
  territory?: string | undefined
  /** One value of `survey_tallies.slice`, or several by prefix (`level:`). */
  slice: string | { of: readonly string[] }
  /** Only this question. */
  question?: string | undefined
}

/** The sums of one question for one group: a month, territory and slice, as far as grouped by them. */
export type SumRow = {
  /** `YYYY-MM`; like the next two, empty if not grouped by it. */
  month: string
  territory: string
  slice: string
  question: string
  since: number
  /** How many skipped it, answered it, and answered 0, 1, … 10. */
  counts: number[]
  /** Opaque ids of the families that answered; null: five or more. */
  families: string[] | null
}

export type Grouping = readonly ('month' | 'territory' | 'slice')[]

/** Positions in `counts`: skipped, answered, and the values 0–10. */
const places = Array.from({ length: 13 }, (_, index) => index + 1)
const summed = Prisma.raw(places.map((place) => `coalesce(sum(counts[${place}]), 0)`).join(', '))
const columns = { month: `to_char(month, 'YYYY-MM')`, territory: 'territory', slice: 'slice' } as const

/** Returns sums by question and group. Lists the distinct families only for groups of fewer than five. */
export const sumsBy = async (reading: Reading, of: SumsFilter, by: Grouping): Promise<SumRow[]> => {
  const keys = Prisma.raw(
    (['month', 'territory', 'slice'] as const)
      .map((column) => `${by.includes(column) ? columns[column] : `''::text`} AS ${column}_key`)
      .join(', '),
  )
  return reading.tx.$queryRaw<SumRow[]>`
    WITH picked AS (
      SELECT ${keys}, question, since, counts, families FROM ${viewOf(reading)}
      WHERE ${where(reading, of, by)} AND question <> ${timeTaken}
    ), grouped AS (
      SELECT month_key, territory_key, slice_key, question, since, ARRAY[${summed}]::int[] AS counts,
        max(cardinality(families)) AS most
      FROM picked GROUP BY 1, 2, 3, 4, 5
    ), few AS (
      SELECT month_key, territory_key, slice_key, question, since, array_agg(DISTINCT family::text) AS families
      FROM grouped JOIN picked USING (month_key, territory_key, slice_key, question, since)
      CROSS JOIN unnest(picked.families) AS family
      WHERE most < 5 GROUP BY 1, 2, 3, 4, 5
    )
    SELECT month_key AS month, territory_key AS territory, slice_key AS slice, question, since, grouped.counts,
      CASE WHEN most < 5 THEN coalesce(few.families, '{}') END AS families
    FROM grouped LEFT JOIN few USING (month_key, territory_key, slice_key, question, since)`
}

/** Counts answer sets by completion time, in steps of ten seconds. */
export const countedTimes = async (
  reading: Reading,
  of: Omit<SumsFilter, 'slice'>,
): Promise<{ value: number; count: number }[]> =>
  reading.tx.$queryRaw`
    SELECT place::int - 3 AS value, sum(count)::int AS count
    FROM ${viewOf(reading)} CROSS JOIN unnest(counts) WITH ORDINALITY AS counted (count, place)
    WHERE ${where(reading, { ...of, slice: 'all', question: timeTaken }, [])} AND place > 2
    GROUP BY place HAVING sum(count) > 0`

const viewOf = ({ reader }: Reading): Prisma.Sql =>
  reader === 'results' ? Prisma.raw('survey_sums_adults') : Prisma.raw('survey_sums')

const where = (
  { territories }: Reading,
  { surveyCode, from, until, territory, slice, question }: SumsFilter,
  by: Grouping,
): Prisma.Sql => {
  const conditions = [
    Prisma.sql`survey_code = ${surveyCode}`,
    Prisma.sql`month BETWEEN ${from}::date AND ${until}::date`,
  ]
  if (territory !== undefined) conditions.push(Prisma.sql`territory = ${territory}`)
  else if (territories === 'all' && !by.includes('territory'))
    conditions.push(Prisma.sql`territory = ${allTerritoriesKey}`)
  else conditions.push(Prisma.sql`territory <> ${allTerritoriesKey}`)
  if (typeof slice === 'string') conditions.push(Prisma.sql`slice = ${slice}`)
  // A range by bytes (`~` sorts last) instead of a function, which the security-barrier views would not push down.
  else
    conditions.push(
      Prisma.sql`(${Prisma.join(
        slice.of.map((prefix) => Prisma.sql`(slice COLLATE "C" BETWEEN ${prefix} AND ${`${prefix}~`})`),
        ' OR ',
      )})`,
    )
  // A literal, to match the partial index.
  if (question === wholeSet) conditions.push(Prisma.raw(`question = '${wholeSet}'`))
  else if (question !== undefined) conditions.push(Prisma.sql`question = ${question}`)
  return Prisma.join(conditions, ' AND ')
}
