import type { Database } from '#storage/database.ts'

/**
 * A mark of the lists that a centre keeps itself (territories, days off, places): another one after each committed change, as
 * each version of a row has the id of the transaction that wrote it. One statement, because it is asked again and again.
 */
export const centreListsMark = async (database: Database): Promise<string> => {
  const [row] = await database.sql.query<{ mark: string }>(
    'centre-lists-mark',
    `SELECT concat_ws(' ',
       (SELECT concat_ws('.', count(*), sum(xmin::text::bigint)) FROM territories),
       (SELECT concat_ws('.', count(*), sum(xmin::text::bigint)) FROM centre_days),
       (SELECT concat_ws('.', count(*), sum(xmin::text::bigint)) FROM places)) AS mark`,
    [],
  )
  return row?.mark ?? ''
}
