import { Prisma } from '#generated/client.ts'
import type { Reading } from './survey-reader.ts'

/** Of which answers: sent in these months (first days, ISO, both included), in one territory or all that are reached. */
export type Sums = {
  surveyCode: string
  from: string
  until: string
  territory?: string | undefined
  /** One of `survey_tallies.slice`; several by their beginnings; left out: all but `all`. */
  slice?: string | { of: readonly string[] } | undefined
}

/** What a question says for one group: those of a month, territory or slice, as far as it was grouped by them. */
export type SumRow = {
  /** `YYYY-MM`; empty where it was not grouped by it, as the next two. */
  month: string
  territory: string
  slice: string
  question: string
  since: number
  /** Who answered, and who passed it over. */
  n: number
  passed: number
  /** Of the numbers, and of their squares. */
  sum: number
  squares: number
  /** Of those who answered; null: five or more. */
  families: string[] | null
}

export type Grouping = readonly ('month' | 'territory' | 'slice')[]

const viewOf = ({ reader }: Reading): Prisma.Sql =>
  reader === 'results' ? Prisma.raw('survey_sums_adults') : Prisma.raw('survey_sums')

const where = ({ surveyCode, from, until, territory, slice }: Sums): Prisma.Sql => {
  const conditions = [
    Prisma.sql`survey_code = ${surveyCode}`,
    Prisma.sql`month BETWEEN ${from}::date AND ${until}::date`,
  ]
  if (territory !== undefined) conditions.push(Prisma.sql`territory = ${territory}`)
  if (slice === undefined) conditions.push(Prisma.sql`slice <> 'all'`)
  else if (typeof slice === 'string') conditions.push(Prisma.sql`slice = ${slice}`)
  else conditions.push(Prisma.sql`split_part(slice, ':', 1) = ANY (${[...slice.of]}::text[])`)
  return Prisma.join(conditions, ' AND ')
}

const columns = { month: `to_char(month, 'YYYY-MM')`, territory: 'territory', slice: 'slice' } as const

/** Sums by question and group. Families are told one from another only where a group has fewer than five. */
export const sumsBy = async (reading: Reading, of: Sums, by: Grouping): Promise<SumRow[]> => {
  const keys = Prisma.raw(
    (['month', 'territory', 'slice'] as const)
      .map((column) => `${by.includes(column) ? columns[column] : `''::text`} AS ${column}_key`)
      .join(', '),
  )
  return reading.tx.$queryRaw<SumRow[]>`
    WITH picked AS (
      SELECT ${keys}, question, since, value, count, families FROM ${viewOf(reading)}
      WHERE ${where(of)} AND question <> '*time'
    ), grouped AS (
      SELECT month_key, territory_key, slice_key, question, since,
        coalesce(sum(count) FILTER (WHERE value = -2), sum(count) FILTER (WHERE value >= 0), 0)::int AS n,
        coalesce(sum(count) FILTER (WHERE value = -1), 0)::int AS passed,
        coalesce(sum(count * value) FILTER (WHERE value >= 0), 0)::float8 AS sum,
        coalesce(sum(count * value * value) FILTER (WHERE value >= 0), 0)::float8 AS squares,
        coalesce(max(cardinality(families)) FILTER (WHERE value <> -1), 0) AS most
      FROM picked GROUP BY 1, 2, 3, 4, 5
    ), few AS (
      SELECT month_key, territory_key, slice_key, question, since, array_agg(DISTINCT family::text) AS families
      FROM grouped JOIN picked USING (month_key, territory_key, slice_key, question, since)
      CROSS JOIN unnest(picked.families) AS family
      WHERE most < 5 AND value <> -1 GROUP BY 1, 2, 3, 4, 5
    )
    SELECT month_key AS month, territory_key AS territory, slice_key AS slice, question, since, n, passed, sum, squares,
      CASE WHEN most < 5 THEN coalesce(few.families, '{}') END AS families
    FROM grouped LEFT JOIN few USING (month_key, territory_key, slice_key, question, since)`
}

/** How often each value was answered, and how long sets took (`*time`). */
export const countedValues = async (
  reading: Reading,
  of: Sums,
): Promise<{ question: string; since: number; value: number; count: number }[]> =>
  reading.tx.$queryRaw`
    SELECT question, since, value::int AS value, sum(count)::int AS count
    FROM ${viewOf(reading)} WHERE ${where(of)} GROUP BY question, since, value`
