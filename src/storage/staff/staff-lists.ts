import { type Reader, readFrom } from '#storage/database.ts'
import { type StaffMember, type StaffRole, toMember } from './staff.ts'

export type StaffFilter = {
  /** Only staff who serve at least one of these. */
  territories: readonly string[] | 'all'
  role?: StaffRole | undefined
  territory?: string | undefined
  active?: boolean | undefined
  updatedSince?: Date | undefined
}

/** A page cursor: the sort key of the last row. */
export type StaffCursor = { createdAt: Date; id: string }

/** Returns a page of staff after a cursor, oldest first. */
export const pageOfStaff = async (
  reader: Reader,
  { territories, role, territory, active, updatedSince }: StaffFilter,
  { after, limit }: { after: StaffCursor | undefined; limit: number },
): Promise<StaffMember[]> => {
  const rows = await readFrom(reader).staffMember.findMany({
    where: {
      AND: [
        territories === 'all' ? {} : { territories: { hasSome: [...territories] } },
        territory === undefined ? {} : { territories: { has: territory } },
        after
          ? {
              OR: [
                { createdAt: { gt: after.createdAt } },
                { createdAt: after.createdAt, id: { gt: after.id } },
              ],
            }
          : {},
      ],
      ...(role !== undefined && { role }),
      ...(active !== undefined && { active }),
      ...(updatedSince && { updatedAt: { gte: updatedSince } }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(toMember)
}

/** Open requests, assigned or claimed; `openUrgent` of them are urgent. */
export type OpenRequestCounts = { open: number; openUrgent: number }

/** Counts these members' open requests, by id; members without any are omitted. */
export const openRequestCounts = async (
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, OpenRequestCounts>> => {
  const rows = await readFrom(reader).request.groupBy({
    by: ['assignedToId', 'urgent'],
    where: { assignedToId: { in: [...ids] }, status: { in: ['submitted', 'claimed'] } },
    _count: true,
  })
  const found = new Map<string, OpenRequestCounts>()
  for (const { assignedToId, urgent, _count: count } of rows) {
    if (assignedToId === null) continue
    const { open, openUrgent } = found.get(assignedToId) ?? { open: 0, openUrgent: 0 }
    found.set(assignedToId, { open: open + count, openUrgent: openUrgent + (urgent ? count : 0) })
  }
  return found
}

/** Finds members by id; unknown ids are omitted. */
export const membersById = async (reader: Reader, ids: readonly string[]): Promise<StaffMember[]> =>
  (await readFrom(reader).staffMember.findMany({ where: { id: { in: [...ids] } } })).map(toMember)

/** Returns the names of members; unknown ids are omitted. */
export const staffNames = async (
  reader: Reader,
  ids: readonly string[],
): Promise<{ id: string; name: string }[]> =>
  readFrom(reader).staffMember.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
  })

/** Active members who serve one of these territories, oldest first. */
export const staffServing = (
  reader: Reader,
  territories: readonly string[] | 'all',
): Promise<{ id: string; role: string; territories: string[] }[]> =>
  readFrom(reader).staffMember.findMany({
    where: { active: true, ...(territories !== 'all' && { territories: { hasSome: [...territories] } }) },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, role: true, territories: true },
  })
