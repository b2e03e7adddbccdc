import type { Tx } from '#storage/database.ts'

/** Questions of a tally that are none: whole answer sets, and how long they took. */
export const wholeSet = '*'
export const timeTaken = '*time'

/** The territory of sums of all territories. */
export const allTerritoriesKey = '*'

/** One answer, added to the sums of a slice. */
export type Counted = {
  slice: string
  question: string
  since: number
  /** What was answered, 0 or more: a number, or places of options; none for words. Null: it was passed over. */
  values: readonly number[] | null
}

export type CountedSet = {
  surveyCode: string
  familyId: string
  /** First day of the month of sending, ISO. */
  month: string
  territory: string
  minor: boolean
  /** Each question once in a slice. */
  counted: readonly Counted[]
}

/**
 * Adds an answer set to the sums: one statement, whose rows are locked in the order of their keys, so that two who send
 * at once wait for each other and never both. Of the families that are in a sum it keeps five, salted and hashed together
 * with the question and the dimension of the slice: enough to know that there are five, and nothing to follow one of
 * them by from question to question.
 */
export const addToTallies = async (
  tx: Tx,
  { surveyCode, familyId, month, territory, minor, counted }: CountedSet,
): Promise<void> => {
  const column = <K extends keyof Counted>(key: K): Counted[K][] => counted.map((one) => one[key])
  // A list of lists has to be a rectangle: each goes as one text.
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

/** As `survey_tallies.counts` has them: passed over, answered, 0, 1, 2 … */
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
