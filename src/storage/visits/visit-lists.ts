import { type Reader, readFrom } from '#storage/database.ts'
import { toVisit, type Visit, type VisitStatus } from './visits.ts'

export type VisitCursor = { startsAt: Date; id: string }

/** One page of a family's visits by the moment at which they begin, after a place. */
export const listVisits = async (
  reader: Reader,
  filter: {
    familyId: string
    since?: Date | undefined
    until?: Date | undefined
    statuses?: readonly VisitStatus[] | undefined
  },
  { after, limit }: { after?: VisitCursor | undefined; limit: number },
): Promise<Visit[]> => {
  const { familyId, since, until, statuses } = filter
  const begins = { ...(since && { gte: since }), ...(until && { lt: until }) }
  const rows = await readFrom(reader).visit.findMany({
    where: {
      familyId,
      startsAt: begins,
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

/** When the last visit of a family begins that took place or is to; null: there is none. */
export const lastVisitAt = async (reader: Reader, familyId: string): Promise<Date | null> => {
  const where = { familyId, status: { in: ['planned', 'done'] } }
  const orderBy = { startsAt: 'desc' as const }
  return (
    (await readFrom(reader).visit.findFirst({ where, orderBy, select: { startsAt: true } }))?.startsAt ?? null
  )
}

/** No visit is longer: what began earlier is over. */
const longestMs = 8 * 60 * 60 * 1000

/** Planned visits of a member of staff that touch a span of time, the earliest first, with the family's number. */
export const visitsOfStaff = async (
  reader: Reader,
  { staffId, from, until, limit = 500 }: { staffId: string; from: Date; until: Date; limit?: number },
): Promise<(Visit & { familyNumber: number })[]> => {
  const rows = await readFrom(reader).visit.findMany({
    where: {
      staffId,
      status: 'planned',
      startsAt: { gt: new Date(from.getTime() - longestMs), lt: until },
      endsAt: { gt: from },
    },
    include: { family: { select: { number: true } } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(({ family, ...row }) => ({ ...toVisit(row), familyNumber: family.number }))
}

export type Overlap = {
  /** The visit that is asked about. */
  of: string
  id: string
  familyId: string
  territory: string
  startsAt: Date
  endsAt: Date
}

/** Other planned visits of the same member of staff at the time of these, which are planned too. */
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
