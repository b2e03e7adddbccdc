import { type Reader, readFrom } from '#storage/database.ts'

type Piece = { id: string; territory: string }

/** What somebody is responsible for. */
export type StaffWork = {
  /** Open requests, assigned to them or claimed by them. */
  requests: Piece[]
  /** Active families whose curator they are. */
  families: Piece[]
  /** Planned visits that have not ended and that they make, of these and of other families; earliest first. */
  visits: (Piece & { familyId: string; startsAt: Date })[]
}

export const staffWork = async (reader: Reader, staffId: string, now: Date): Promise<StaffWork> => {
  const db = readFrom(reader)
  const requests = await db.request.findMany({
    where: { assignedToId: staffId, status: { in: ['submitted', 'claimed'] } },
    orderBy: [{ urgent: 'desc' }, { submittedAt: 'asc' }, { id: 'asc' }],
    select: { id: true, territory: true },
  })
  const families = await db.family.findMany({
    where: { curatorId: staffId, status: 'active' },
    orderBy: { id: 'asc' },
    select: { id: true, territory: true },
  })
  const visits = await db.visit.findMany({
    where: { staffId, status: 'planned', endsAt: { gt: now } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true, familyId: true, startsAt: true, family: { select: { territory: true } } },
  })
  return {
    requests,
    families,
    visits: visits.map(({ id, familyId, startsAt, family: { territory } }) => ({
      ...{ id, familyId, startsAt },
      territory,
    })),
  }
}

/** How many active families each of these has; whoever has none is omitted. */
export const familyCounts = async (
  reader: Reader,
  staffIds: readonly string[],
): Promise<Map<string, number>> => {
  const rows = await readFrom(reader).family.groupBy({
    by: ['curatorId'],
    where: { curatorId: { in: [...staffIds] }, status: 'active' },
    _count: true,
  })
  return new Map(rows.map(({ curatorId, _count: count }) => [curatorId ?? '', count]))
}

/**
 * Families in a territory whose curator does not work here any more, or at intake; visits ahead whose visitor does not work here, has
 * no account, is not reached by messages, or is absent then.
 */
export type Orphans = { territory: string; families: number; visits: number }

/** Counts them by territory, only where there are any. */
export const readOrphans = (reader: Reader, now: Date): Promise<Orphans[]> =>
  readFrom(reader).$queryRaw<Orphans[]>`
    SELECT territory, count(*) FILTER (WHERE what = 'family')::int AS families,
      count(*) FILTER (WHERE what = 'visit')::int AS visits
    FROM (
      SELECT f.territory, 'family' AS what FROM families f JOIN staff_members s ON s.id = f.curator_id
      WHERE f.status = 'active' AND (NOT s.active OR s.role = 'intake')
      UNION ALL
      SELECT f.territory, 'visit' FROM visits v JOIN staff_members s ON s.id = v.staff_id
        JOIN families f ON f.id = v.family_id
      WHERE v.status = 'planned' AND v.ends_at > ${now} AND f.status = 'active' AND (
        NOT s.active OR s.person_id IS NULL OR s.unreachable_since IS NOT NULL OR EXISTS (
        SELECT 1 FROM staff_absences a WHERE a.staff_id = s.id AND a."from" <= v.starts_at AND a.until > v.starts_at))
    ) AS orphans GROUP BY territory ORDER BY territory`

/** Whether whoever makes a visit works here, hears of it, and is there when it begins. */
export const isThere = async (
  reader: Reader,
  { staffId, startsAt }: { staffId: string; startsAt: Date },
): Promise<boolean> => {
  const where = {
    ...{ id: staffId, active: true, personId: { not: null }, unreachableSince: null },
    absences: { none: { from: { lte: startsAt }, until: { gt: startsAt } } },
  }
  return (await readFrom(reader).staffMember.count({ where })) > 0
}

export type OrphanList = {
  families: { id: string; number: number; territory: string }[]
  visits: { id: string; familyId: string; number: number; startsAt: Date }[]
}

/** No list is worked through beyond this; the rest shows once these are given. */
const mostOrphans = 200

/** Visits that fall into an absence of whoever makes them. */
const duringAbsence = (reader: Reader, now: Date) =>
  readFrom(reader).$queryRaw<{ id: string }[]>`
    SELECT v.id::text AS id FROM visits v JOIN staff_absences a ON a.staff_id = v.staff_id
    WHERE v.status = 'planned' AND v.ends_at > ${now} AND a."from" <= v.starts_at AND a.until > v.starts_at`

/** The same by name, with families that have no curator yet; the oldest families and the earliest visits first. */
export const listOrphans = async (
  reader: Reader,
  { territories, now }: { territories: readonly string[]; now: Date },
): Promise<OrphanList> => {
  const db = readFrom(reader)
  const territory = { in: [...territories] }
  const away = (await duringAbsence(reader, now)).map(({ id }) => id)
  const families = await db.family.findMany({
    where: {
      ...{ territory, status: 'active' },
      OR: [{ curatorId: null }, { curator: { active: false } }, { curator: { role: 'intake' } }],
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, number: true, territory: true },
    take: mostOrphans,
  })
  const visits = await db.visit.findMany({
    where: {
      ...{ status: 'planned', endsAt: { gt: now }, family: { territory, status: 'active' } },
      OR: [
        { staff: { OR: [{ active: false }, { personId: null }, { unreachableSince: { not: null } }] } },
        { id: { in: away } },
      ],
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { id: true, familyId: true, startsAt: true, family: { select: { number: true } } },
    take: mostOrphans,
  })
  return {
    families,
    visits: visits.map(({ family: { number }, ...visit }) => ({ ...visit, number })),
  }
}
