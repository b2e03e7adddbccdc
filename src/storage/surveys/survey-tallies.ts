import type { Tx } from '#storage/database.ts'

/** Pseudo-questions of a tally: whole answer sets, and their completion time. */
export const wholeSet = '*'
export const timeTaken = '*time'

/** The pseudo-territory of sums over all territories. */
export const allTerritoriesKey = '*'

/** One answer to add to the sums of a slice. */
export type Counted = {
  slice: string
  question: string
  since: number
  /** The values answered (0 or more): a number, or indexes of options; empty for text. Null: skipped. */
  values: readonly number[] | null
}

export type CountedSet = {
  surveyCode: string
  familyId: string
  /** First day of the month of submission (ISO). */
  month: string
  territory: string
  minor: boolean
  /** Each question at most once per slice. */
  counted: readonly Counted[]
}

/**
 * Adds an answer set to the sums, in one statement that locks rows in key order, so that concurrent submissions cannot
 * deadlock. Each sum keeps up to five families, as salted hashes that include the question and the dimension of the
 * slice: enough to know whether there are five, useless for following a family from question to question.
 */
export const addToTallies = async (
  tx: Tx,
  { surveyCode, familyId, month, territory, minor, counted }: CountedSet,
): Promise<void> => {
  const column = <K extends keyof Counted>(key: K): Counted[K][] => counted.map((one) => one[key])
  // PostgreSQL arrays of arrays must be rectangular, so each inner array is passed as text.
  const counts = counted.map(({ values }) => `{${countsOf(values).join(',')}}`)
  await tx.$executeRaw`
    INSERT INTO survey_tallies AS t (survey_code, territory, slice, month, minor, question, since, counts, families)
    SELECT ${surveyCode}::text, place.territory, c.slice, ${month}::date, ${minor}::boolean, c.question, c.since, c.counts::int[],
      CASE WHEN c.answered THEN ARRAY[hashtextextended(concat_ws('|', s.salt, ${familyId}::text, ${surveyCode}::text,
        split_part(c.slice, ':', 1), c.question, c.since), 0)] ELSE '{}'::bigint[] END
    FROM unnest(${column('slice')}::text[], ${column('question')}::text[], ${column('since')}::int[], ${counts}::text[],
      ${counted.map(({ values }) => values !== null)}::boolean[]) AS c (slice, question, since, counts, answered)
    CROSS JOIN unnest(ARRAY[${allTerritoriesKey}, ${territory}]::text[]) AS place (territory)
    CROSS JOIN survey_salt s
    ORDER BY place.territory, c.slice, c.question, c.since
    ON CONFLICT (survey_code, territory, slice, month, minor, question, since) DO UPDATE SET
      counts = ARRAY(
        SELECT coalesce(old, 0) + coalesce(new, 0)
        FROM unnest(t.counts, excluded.counts) WITH ORDINALITY AS both_counts (old, new, place) ORDER BY place
      ),
      families = CASE
        WHEN cardinality(t.families) >= 5 OR excluded.families <@ t.families THEN t.families
        ELSE t.families || excluded.families END`
}

/** Lays out counts as in `survey_tallies.counts`: skipped, answered, 0, 1, 2 … */
const countsOf = (values: readonly number[] | null): number[] =>
  values === null
    ? [1, 0]
    : [
        0,
        1,
        ...Array.from({ length: Math.max(-1, ...values) + 1 }, (_, value) =>
          values.includes(value) ? 1 : 0,
        ),
      ]
