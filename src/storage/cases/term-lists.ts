import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { CaseTerm } from './case-terms.ts'

export type ListedTerm = Pick<
  CaseTerm,
  'id' | 'familyId' | 'code' | 'dueOn' | 'actBy' | 'nearOn' | 'responsible' | 'byDefault'
> & { number: number; territory: string; curatorId: string | null; stage: string }

export type TermFilter = {
  territories: readonly string[] | 'all'
  curatorId?: string | undefined
  /** Near by this day. */
  nearBy?: string | undefined
  /** Ended before this day. */
  endedBefore?: string | undefined
}

/** A page cursor: the sort key of the last row. */
export type TermCursor = { dueOn: string; id: string }

/** Open terms in force, the first to end first; in the order of an index. */
export const openTerms = (
  reader: Reader,
  { territories, curatorId, nearBy, endedBefore }: TermFilter,
  { after, limit }: { after?: TermCursor | undefined; limit: number },
): Promise<ListedTerm[]> => {
  const where = [
    Prisma.sql`t.replaced_at IS NULL AND t.state = 'open'`,
    ...(territories === 'all' ? [] : [Prisma.sql`f.territory = ANY (${[...territories]}::text[])`]),
    ...(curatorId === undefined ? [] : [Prisma.sql`f.curator_id = ${curatorId}::uuid`]),
    ...(nearBy === undefined ? [] : [Prisma.sql`t.near_on <= ${nearBy}::date`]),
    ...(endedBefore === undefined ? [] : [Prisma.sql`t.due_on < ${endedBefore}::date`]),
    ...(after ? [Prisma.sql`(t.due_on, t.id) > (${after.dueOn}::date, ${after.id}::uuid)`] : []),
  ]
  return readFrom(reader).$queryRaw<ListedTerm[]>`
    SELECT t.id, t.family_id AS "familyId", t.code, t.due_on::text AS "dueOn", t.act_by::text AS "actBy",
      t.near_on::text AS "nearOn", t.responsible, t.by_default AS "byDefault",
      f.number, f.territory, f.curator_id AS "curatorId", f.stage
    FROM case_terms t JOIN families f ON f.id = t.family_id
    WHERE ${Prisma.join(where, ' AND ')} ORDER BY t.due_on, t.id LIMIT ${limit}`
}
