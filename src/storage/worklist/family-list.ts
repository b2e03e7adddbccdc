import { Prisma } from '#generated/client.ts'
import { type Reader, readFrom } from '#storage/database.ts'
import type { SupportLevel } from '#storage/families/families.ts'
import { stillUrgent } from '#storage/families/urgent-families.ts'

/** Whose families: a curator's, or those of territories; `orphans`: of these, those that nobody reachable curates. */
export type FamilyListScope = { curatorId: string } | { territories: readonly string[]; orphans?: boolean }

/** Fewer visits of a level than it asks for since a moment; nobody asks for them before that help had begun. */
export type AskedVisits = { level: SupportLevel; since: Date; atLeast: number }

export type FamilyListFilter = {
  scope: FamilyListScope
  closed: boolean
  stage?: string | undefined
  level?: SupportLevel | 'none' | undefined
  /** Only families that were visited less often than their level asks for. */
  notVisited?: readonly AskedVisits[] | undefined
}

type Listed = { ids: string[]; total: number }
type Around = { readerId: string; now: Date; today: readonly [Date, Date]; day: string }

const chosen = ({ scope, closed, stage, level, notVisited }: FamilyListFilter): Prisma.Sql => {
  const unreachable = Prisma.sql`NOT EXISTS (SELECT FROM staff_members curator WHERE curator.id = f.curator_id
    AND curator.active AND curator.role <> 'intake' AND curator.person_id IS NOT NULL AND curator.unreachable_since IS NULL)`
  const conditions = [
    Prisma.sql`f.status = ${closed ? 'closed' : 'active'}`,
    'curatorId' in scope
      ? Prisma.sql`f.curator_id = ${scope.curatorId}::uuid`
      : Prisma.sql`f.territory = ANY (${[...scope.territories]}::text[])`,
    ...('orphans' in scope && scope.orphans ? [unreachable] : []),
    ...(stage === undefined ? [] : [Prisma.sql`f.stage = ${stage}`]),
    ...(level === undefined
      ? []
      : [level === 'none' ? Prisma.sql`f.level IS NULL` : Prisma.sql`f.level = ${level}`]),
    ...(notVisited ? [tooFewVisits(notVisited)] : []),
  ]
  return Prisma.join(conditions, ' AND ')
}

const holds = Prisma.sql`NOT e.void AND NOT EXISTS (SELECT FROM case_events later WHERE later.corrects_id = e.id)`

const tooFewVisits = (asked: readonly AskedVisits[]): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM unnest(${asked.map(({ level }) => level)}::text[], ${asked.map(({ since }) => since)}::timestamptz[],
    ${asked.map(({ atLeast }) => atLeast)}::int[]) AS asked(level, since, at_least)
  WHERE asked.level = f.level
    AND (SELECT e.kind = 'ipss-began' AND e.day <= asked.since::date FROM case_events e
      WHERE e.family_id = f.id AND e.kind IN ('ipss-began', 'ipss-ended', 'closed') AND ${holds}
      ORDER BY e.day DESC, e.id DESC LIMIT 1)
    AND NOT EXISTS (SELECT FROM case_events e WHERE e.family_id = f.id AND e.kind = 'level-set'
      AND e.day > asked.since::date AND ${holds})
    AND (SELECT count(*) FROM visits WHERE family_id = f.id AND status = 'done' AND starts_at >= asked.since)
      < asked.at_least)`

/**
 * The ids of a page of families, the most pressing first, as `needs.ts` orders them; families whose support has ended by when it did.
 * What a member asked to keep from `readerId` (ADR 39) moves nothing. The terms, promises and unread words of all are joined as sets: a
 * look-up for each of ten thousand families would take longer than the page may.
 */
export const listFamiliesByNeed = async (
  reader: Reader,
  filter: FamilyListFilter,
  { readerId, now, today, day }: Around,
  { limit, offset }: { limit: number; offset: number },
): Promise<Listed> => {
  const where = chosen(filter)
  const db = readFrom(reader)
  // Counted with the page: some filters cost more than the rest of it.
  const listed = async (rows: readonly { id: string; total: number }[]): Promise<Listed> => {
    const [first] = rows
    if (first || offset === 0) return { ids: rows.map(({ id }) => id), total: first?.total ?? 0 }
    const [counted] = await db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM families f WHERE ${where}`
    return { ids: [], total: counted?.total ?? 0 }
  }
  if (filter.closed)
    return listed(
      await db.$queryRaw`
        SELECT f.id, count(*) OVER ()::int AS total FROM families f WHERE ${where}
        ORDER BY f.closed_at DESC, f.id LIMIT ${limit} OFFSET ${offset}`,
    )
  const apart = (member: Prisma.Sql, at: Prisma.Sql) => Prisma.sql`EXISTS (
    SELECT FROM talks_apart talk WHERE talk.member_id = ${member} AND talk.ended_at IS NULL
      AND ${readerId}::uuid = ANY (talk.staff_ids) AND talk.since <= ${at})`
  const rows = await db.$queryRaw<{ id: string; total: number }[]>`
    WITH chosen AS MATERIALIZED (
      SELECT f.id, f.created_at, ${stillUrgent} AS urgent FROM families f WHERE ${where}
    ), terms AS (
      SELECT DISTINCT ON (family_id) family_id, due_on, near_on FROM case_terms
      WHERE replaced_at IS NULL AND state = 'open' AND family_id IN (SELECT id FROM chosen)
      ORDER BY family_id, due_on
    ), promised AS (
      SELECT member.family_id, min(promise.due_at) AS due_at
      FROM promises promise JOIN family_members member ON member.id = promise.member_id
      WHERE promise.ended_at IS NULL AND member.removed_at IS NULL
        AND NOT ${apart(Prisma.sql`member.id`, Prisma.sql`promise.made_at`)} GROUP BY 1
    ), unread AS (
      SELECT DISTINCT message.family_id FROM messages message JOIN family_members member ON member.id = message.member_id
      WHERE message.read_at IS NULL AND message.author = 'member' AND member.removed_at IS NULL
        AND NOT ${apart(Prisma.sql`message.member_id`, Prisma.sql`message.at`)}
    ), visited AS (
      SELECT DISTINCT family_id FROM visits
      WHERE status = 'planned' AND starts_at >= ${today[0]} AND starts_at < ${today[1]}
        AND family_id IN (SELECT id FROM chosen)
    )
    SELECT chosen.id, count(*) OVER ()::int AS total FROM chosen
      LEFT JOIN terms ON terms.family_id = chosen.id LEFT JOIN promised ON promised.family_id = chosen.id
      LEFT JOIN unread ON unread.family_id = chosen.id LEFT JOIN visited ON visited.family_id = chosen.id
    ORDER BY chosen.urgent DESC,
      CASE WHEN promised.due_at <= ${now} OR terms.due_on < ${day}::date THEN 0
        WHEN promised.due_at < ${today[1]} OR terms.near_on <= ${day}::date THEN 1
        WHEN unread.family_id IS NOT NULL OR promised.due_at IS NOT NULL THEN 2
        WHEN visited.family_id IS NOT NULL THEN 3 ELSE 4 END,
      LEAST(promised.due_at, terms.due_on::timestamptz) NULLS LAST, chosen.created_at, chosen.id
    LIMIT ${limit} OFFSET ${offset}`
  return listed(rows)
}
