import { type Reader, readFrom } from '#storage/database.ts'
import { toVisit, type Visit, type VisitStatus } from './visits.ts'

export type VisitCursor = { startsAt: Date; id: string }

/** Returns a page of a family's visits in order of start, after a cursor. */
export const listVisits = async (
  reader: Reader,
  filter: {
    familyId: string
    since?: Date | undefined
    until?: Date | undefined
    statuses?: readonly VisitStatus[] | undefined
    updatedSince?: Date | undefined
  },
  { after, limit }: { after?: VisitCursor | undefined; limit: number },
): Promise<Visit[]> => {
  const { familyId, since, until, statuses, updatedSince } = filter
  const begins = { ...(since && { gte: since }), ...(until && { lt: until }) }
  const rows = await readFrom(reader).visit.findMany({
    where: {
      familyId,
      startsAt: begins,
      ...(updatedSince && { updatedAt: { gte: updatedSince } }),
      ...(statuses && { status: { in: [...statuses] } }),
      ...(after && {
        OR: [{ startsAt: { gt: after.startsAt } }, { startsAt: after.startsAt, id: { gt: after.id } }],
      }),
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(toVisit)
}

/** Returns the start of a family's last planned or completed visit; null: there is none. */
export const lastVisitAt = async (reader: Reader, familyId: string): Promise<Date | null> => {
  const where = { familyId, status: { in: ['planned', 'done'] } }
  const orderBy = { startsAt: 'desc' as const }
  return (
    (await readFrom(reader).visit.findFirst({ where, orderBy, select: { startsAt: true } }))?.startsAt ?? null
  )
}

/** Maximum length of a visit; bounds the range of `starts_at` to search. */
const longestMs = 8 * 60 * 60 * 1000

/** Returns a staff member's planned visits that overlap a period, earliest first, with the family's number. */
export const visitsOfStaff = async (
  reader: Reader,
  { staffId, from, until, limit = 500 }: { staffId: string; from: Date; until: Date; limit?: number },
): Promise<(Visit & { familyNumber: number })[]> => {
  const rows = await readFrom(reader).visit.findMany({
    where: {
      staffId,
      status: 'planned',
      // After the end of support nobody comes, and nobody may mark what was.
      family: { status: 'active' },
      startsAt: { gt: new Date(from.getTime() - longestMs), lt: until },
      endsAt: { gt: from },
    },
    include: { family: { select: { number: true } } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(({ family, ...row }) => ({ ...toVisit(row), familyNumber: family.number }))
}

export type VisitDay = {
  familyId: string /** ISO date in the time zone. */
  day: string
  status: 'done' | 'planned'
}

/** The days of visits of many families that took place or are planned, from a day on. */
export const visitDaysOf = (
  reader: Reader,
  { familyIds, since, timeZone }: { familyIds: readonly string[]; since: string; timeZone: string },
): Promise<VisitDay[]> =>
  readFrom(reader).$queryRaw<VisitDay[]>`
    SELECT v.family_id AS "familyId", (v.starts_at AT TIME ZONE ${timeZone})::date::text AS day, v.status
    FROM visits v
    WHERE v.family_id = ANY (${[...familyIds]}::uuid[]) AND v.status IN ('done', 'planned')
      AND v.starts_at >= (${since}::date - 1)`

export type Overlap = {
  /** The visit asked about. */
  of: string
  id: string
  familyId: string
  territory: string
  startsAt: Date
  endsAt: Date
}

/** Returns other planned visits of the same staff member that overlap these planned visits. */
export const overlapsOf = (reader: Reader, visitIds: readonly string[]): Promise<Overlap[]> =>
  readFrom(reader).$queryRaw<Overlap[]>`
    SELECT one.id AS "of", other.id, other.family_id AS "familyId", families.territory,
      other.starts_at AS "startsAt", other.ends_at AS "endsAt"
    FROM visits one
      JOIN visits other ON other.staff_id = one.staff_id AND other.id <> one.id AND other.status = 'planned'
        AND other.starts_at < one.ends_at AND other.ends_at > one.starts_at
        AND other.starts_at > one.starts_at - interval '8 hours'
      JOIN families ON families.id = other.family_id
    WHERE one.id = ANY (${[...visitIds]}::uuid[]) AND one.status = 'planned'
    ORDER BY other.starts_at, other.id`

export type PeriodVisit = Visit & {
  familyNumber: number
  familyCuratorId: string | null
  visitor: string
  /** A member has confirmed the present time. */
  confirmed: boolean
}

/** Returns the visits that begin in a period and were not cancelled: of one visitor, of territories, or both; earliest first. */
export const visitsInPeriod = async (
  reader: Reader,
  {
    staffId,
    territories,
    from,
    until,
    limit,
  }: {
    staffId?: string | undefined
    territories?: readonly string[] | undefined
    from: Date
    until: Date
    limit: number
  },
): Promise<PeriodVisit[]> => {
  const rows = await readFrom(reader).visit.findMany({
    where: {
      ...(staffId !== undefined && { staffId }),
      ...(territories && { family: { territory: { in: [...territories] } } }),
      status: { in: ['planned', 'done', 'missed'] },
      startsAt: { gte: from, lt: until },
    },
    include: {
      family: { select: { number: true, curatorId: true } },
      staff: { select: { name: true } },
      answers: { where: { kind: 'confirmed' }, select: { version: true } },
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(({ family, staff, answers, ...row }) => ({
    ...toVisit(row),
    familyNumber: family.number,
    familyCuratorId: family.curatorId,
    visitor: staff.name,
    confirmed: answers.some(({ version }) => version === row.version),
  }))
}
