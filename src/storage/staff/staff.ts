import { Prisma } from '#generated/client.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const staffRoles = ['intake', 'curator', 'supervisor'] as const
export type StaffRole = (typeof staffRoles)[number]

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** From and until, `09:00`, by the region's clock; a day left out is free. */
export type DutyHours = Partial<Record<(typeof weekdays)[number], [from: string, until: string]>>

export type StaffMember = {
  id: string
  /** First name, as families see it. */
  name: string
  role: StaffRole
  territories: string[]
  /** Null until the one-time link is used. */
  personId: string | null
  active: boolean
  /** Languages that the member speaks with families: `ru`, `en`. */
  languages: string[]
  minorsTrained: boolean
  /** The most open requests that the member is given; null: no limit. */
  capacity: number | null
  /** Null: always on duty. */
  dutyHours: DutyHours | null
  /** When a request was last routed or assigned to the member. */
  lastAssignedAt: Date | null
  /** Since when the member cannot be written to; null: they can, as far as is known. */
  unreachableSince: Date | null
  /** Counts every change of the member (ETag). */
  revision: number
  createdAt: Date
}

/** What of a member the centre sets, beside whether they are active. */
export type StaffSettings = Pick<
  StaffMember,
  'name' | 'role' | 'territories' | 'languages' | 'minorsTrained' | 'capacity' | 'dutyHours'
>
export type NewStaff = Pick<StaffSettings, 'name' | 'role' | 'territories'> & Partial<StaffSettings>

export const addStaff = async (tx: Tx, member: NewStaff): Promise<StaffMember> =>
  toMember(await tx.staffMember.create({ data: toColumns(member) }))

/** Changes a member, unless they were changed since they were read. */
export const updateStaff = async (
  tx: Tx,
  id: string,
  revision: number,
  changes: Partial<StaffSettings> & { active?: boolean },
): Promise<StaffMember | 'stale'> => {
  const data = { ...toColumns(changes), revision: { increment: 1 } }
  const [row] = await tx.staffMember.updateManyAndReturn({ where: { id, revision }, data })
  return row ? toMember(row) : 'stale'
}

const toColumns = <T extends { dutyHours?: DutyHours | null }>({ dutyHours, ...rest }: T) => ({
  ...rest,
  ...(dutyHours !== undefined && { dutyHours: dutyHours ?? Prisma.DbNull }),
})

/** Keeps a link; a newer one takes the place of those that were not used. */
export const addInvite = async (
  tx: Tx,
  invite: { staffId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.staffInvite.deleteMany({ where: { staffId: invite.staffId, usedAt: null } })
  await tx.staffInvite.create({ data: invite })
}

/**
 * Uses a one-time link for a person, in one conditional update: of two at once one wins.
 * Null when the link is unknown, used or expired, or the member has joined by another: the caller undoes all of
 * it then. Throws DomainError `invite-invalid` for a person who is another staff member already.
 */
export const useInvite = async (
  tx: Tx,
  tokenHash: string,
  personId: string,
  now: Date,
): Promise<StaffMember | null> => {
  const invite = await tx.staffInvite.findUnique({ where: { tokenHash } })
  // The member first, as whoever renews the link does: in another order they would wait for each other.
  if (!invite || !(await lockStaff(tx, invite.staffId, 'all'))) return null
  const where = { tokenHash, usedAt: null, expiresAt: { gt: now } }
  const [used] = await tx.staffInvite.updateManyAndReturn({ where, data: { usedAt: now } })
  if (!used) return null
  const nobodyYet = { id: used.staffId, personId: null }
  const [member] = await tx.staffMember.updateManyAndReturn({ where: nobodyYet, data: { personId } })
  return member ? toMember(member) : null
}

/** Forgets links that expired before a moment. Returns how many. */
export const deleteInvitesExpiredBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.staffInvite.deleteMany({ where: { expiresAt: { lt: date } } })).count

/** Active staff of a role who have joined. */
export const joinedStaff = async (reader: Reader, role: StaffRole): Promise<JoinedMember[]> => {
  const where = { role, active: true, personId: { not: null } }
  const rows = await readFrom(reader).staffMember.findMany({ where, orderBy: { id: 'asc' } })
  return rows.map(toMember).filter((member): member is JoinedMember => member.personId !== null)
}

/**
 * Active staff of a role who have joined and serve a territory. When nobody does (as a rule so for `other`),
 * all of that role. Empty only where nobody of the role has joined.
 */
export const staffOfTerritory = async (
  reader: Reader,
  territory: string,
  role: StaffRole,
): Promise<JoinedMember[]> => {
  const joined = await joinedStaff(reader, role)
  const serving = joined.filter((member) => member.territories.includes(territory))
  return serving.length > 0 ? serving : joined
}

export type JoinedMember = StaffMember & { personId: string }

export const findStaff = async (reader: Reader, id: string): Promise<StaffMember | null> => {
  const row = await readFrom(reader).staffMember.findUnique({ where: { id } })
  return row && toMember(row)
}

/**
 * The same, kept from every change but this transaction's. Only of members who serve one of the territories: the row of
 * another is not waited for, and looks like none.
 */
export const lockStaff = async (
  tx: Tx,
  id: string,
  territories: readonly string[] | 'all',
): Promise<StaffMember | null> => {
  const served =
    territories === 'all' ? Prisma.empty : Prisma.sql`AND territories && ${[...territories]}::text[]`
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM staff_members WHERE id = ${id}::uuid ${served} FOR NO KEY UPDATE`
  return rows.length > 0 ? findStaff(tx, id) : null
}

/** First names by id. */
export const namesOfStaff = async (reader: Reader, ids: readonly string[]): Promise<Map<string, string>> => {
  const where = { id: { in: [...ids] } }
  const rows = await readFrom(reader).staffMember.findMany({ where, select: { id: true, name: true } })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Oldest first. */
export const listStaff = async (reader: Reader): Promise<StaffMember[]> =>
  (await readFrom(reader).staffMember.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(
    toMember,
  )

type StoredMember = NonNullable<Awaited<ReturnType<Database['prisma']['staffMember']['findUnique']>>>

export const toMember = (row: StoredMember): StaffMember => ({
  ...row,
  role: row.role as StaffRole,
  dutyHours: row.dutyHours as DutyHours | null,
})
