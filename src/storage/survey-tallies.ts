import type { Tx } from './database.ts'

/** Questions of a tally that are none: whole answer sets, and how long they took. */
export const wholeSet = '*'
export const timeTaken = '*time'

/** One more in a sum of `survey_tallies`. */
export type Counted = { slice: string; question: string; since: number; value: number }

export type CountedSet = {
  surveyCode: string
  familyId: string
  /** First day of the month of sending, ISO. */
  month: string
  territory: string
  minor: boolean
  /** Each once. */
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
  await tx.$executeRaw`
    INSERT INTO survey_tallies AS t
      (survey_code, slice, question, since, value, month, territory, minor, count, families)
    SELECT ${surveyCode}, c.slice, c.question, c.since, c.value, ${month}::date, ${territory}, ${minor}, 1, ARRAY[
      hashtextextended(concat_ws('|', s.salt, ${familyId}::text, ${surveyCode}::text,
        split_part(c.slice, ':', 1), c.question, c.since), 0)
    ]
    FROM unnest(${column('slice')}::text[], ${column('question')}::text[], ${column('since')}::int[],
      ${column('value')}::smallint[]) AS c (slice, question, since, value)
    CROSS JOIN survey_salt s
    ORDER BY c.slice, c.question, c.since, c.value
    ON CONFLICT (survey_code, slice, question, since, value, month, territory, minor) DO UPDATE SET
      count = t.count + 1,
      families = CASE
        WHEN cardinality(t.families) >= 5 OR excluded.families <@ t.families THEN t.families
        ELSE t.families || excluded.families END`
}
