import { Prisma } from '#generated/client.ts'
import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import { directFrom, directFromNamed, directNamed } from '#storage/direct.ts'

export const staffRoles = ['intake', 'curator', 'supervisor'] as const
export type StaffRole = (typeof staffRoles)[number]

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
/** Start and end (`09:00`) in the region's time zone. */
export type DutyInterval = [from: string, until: string]
/** One interval is stored as it was before there could be several, so that instances of an earlier version read it. */
export type DutyDay = DutyInterval | DutyInterval[]
/** A missing day is off duty. */
export type DutyHours = Partial<Record<(typeof weekdays)[number], DutyDay>>

export type StaffMember = {
  id: string
  /** First name, as shown to families. */
  name: string
  role: StaffRole
  territories: string[]
  /** Null until the one-time link is used. */
  personId: string | null
  active: boolean
  /** Languages the member speaks with families: `ru`, `en`. */
  languages: string[]
  minorsTrained: boolean
  /** Maximum number of open requests; null: no limit. */
  capacity: number | null
  /** Null: always on duty. */
  dutyHours: DutyHours | null
  /** When a request was last assigned to the member. */
  lastAssignedAt: Date | null
  /** Since when messages to the member have failed; null: reachable, as far as we know. */
  unreachableSince: Date | null
  /** May change in the console who may do what; operators alone set it, and it counts for supervisors only. */
  administers: boolean
  /** Incremented by every change (ETag). */
  revision: number
  createdAt: Date
}

/** The settings of a member that the centre controls, except `active`. */
export type StaffSettings = Pick<
  StaffMember,
  'name' | 'role' | 'territories' | 'languages' | 'minorsTrained' | 'capacity' | 'dutyHours'
>
/** What changes of a member who works here. */
export type StaffChanges = Partial<StaffSettings> & Partial<Pick<StaffMember, 'active' | 'administers'>>
export type NewStaff = Pick<StaffSettings, 'name' | 'role' | 'territories'> & Partial<StaffSettings>

export const addStaff = async (tx: Tx, member: NewStaff): Promise<StaffMember> =>
  toMember(await tx.staffMember.create({ data: toColumns(member) }))

/** Updates a member; returns `stale` if the revision has changed. */
export const updateStaff = async (
  tx: Tx,
  id: string,
  revision: number,
  changes: StaffChanges,
): Promise<StaffMember | 'stale'> => {
  const data = { ...toColumns(changes), revision: { increment: 1 } }
  const [row] = await tx.staffMember.updateManyAndReturn({ where: { id, revision }, data })
  return row ? toMember(row) : 'stale'
}

const toColumns = <T extends { dutyHours?: DutyHours | null }>({ dutyHours, ...rest }: T) => ({
  ...rest,
  ...(dutyHours !== undefined && { dutyHours: dutyHours ?? Prisma.DbNull }),
})

/** Stores an invite link and deletes the member's unused ones. */
export const addInvite = async (
  tx: Tx,
  invite: { staffId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.staffInvite.deleteMany({ where: { staffId: invite.staffId, usedAt: null } })
  await tx.staffInvite.create({ data: invite })
}

/**
 * Consumes a one-time link for a person in conditional updates, so that only one of two concurrent calls succeeds.
 * Returns null if the link is unknown, used or expired, or the member has already joined; the caller must then roll
 * back. Throws DomainError `invite-invalid` if the person is already another staff member.
 */
export const useInvite = async (
  tx: Tx,
  tokenHash: string,
  personId: string,
  now: Date,
): Promise<StaffMember | null> => {
  const invite = await tx.staffInvite.findUnique({ where: { tokenHash } })
  // Lock the member first, as the renewal of a link does: the other order would deadlock.
  if (!invite || !(await lockStaff(tx, invite.staffId, 'all'))) return null
  const where = { tokenHash, usedAt: null, expiresAt: { gt: now } }
  const [used] = await tx.staffInvite.updateManyAndReturn({ where, data: { usedAt: now } })
  if (!used) return null
  // Whoever works at the desk so far has an account from now on.
  const nobodyYet = { id: used.staffId, OR: [{ personId: null }, { deskSince: { not: null } }] }
  const data = { personId, deskSince: null, unreachableSince: null }
  const [member] = await tx.staffMember.updateManyAndReturn({ where: nobodyYet, data })
  return member ? toMember(member) : null
}

/** The id of the member whose link it is, used, expired or not; null if nobody knows it. */
export const staffOfInvite = async (reader: Reader, tokenHash: string): Promise<string | null> => {
  const where = { tokenHash }
  const invite = await readFrom(reader).staffInvite.findUnique({ where, select: { staffId: true } })
  return invite?.staffId ?? null
}

/** Parts a member from their account, so that a new link joins another one. */
export const clearAccount = async (tx: Tx, id: string): Promise<void> => {
  const data = { personId: null, deskSince: null, unreachableSince: null, revision: { increment: 1 } }
  await tx.staffMember.update({ where: { id }, data })
}

/** Deletes a member's unused links. Returns how many. */
export const deleteUnusedInvites = async (tx: Tx, staffId: string): Promise<number> =>
  (await tx.staffInvite.deleteMany({ where: { staffId, usedAt: null } })).count

/** Deletes unused links that expired before a date: a used one still leads its member in. Returns how many. */
export const deleteInvitesExpiredBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.staffInvite.deleteMany({ where: { usedAt: null, expiresAt: { lt: date } } })).count

/** Of a `StaffMember`. */
const columns = `
  id, name, role, territories, person_id AS "personId", active, languages, minors_trained AS "minorsTrained",
  capacity, duty_hours AS "dutyHours", last_assigned_at AS "lastAssignedAt",
  unreachable_since AS "unreachableSince", administers, revision, created_at AS "createdAt"`

/** Returns the active staff of a role who have joined. */
export const joinedStaff = (reader: Reader, role: StaffRole): Promise<JoinedMember[]> =>
  directFromNamed(
    reader,
    'joined-staff',
    `SELECT ${columns} FROM staff_members WHERE role = $1 AND active AND person_id IS NOT NULL ORDER BY id`,
    [role],
  )

/**
 * Returns the active staff of a role who have joined and serve a territory. If nobody does (usually so for `other`),
 * returns all of that role. Empty only if nobody of the role has joined.
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

/** The members of these ids who have joined, are active and reachable. */
export const reachableStaff = async (reader: Reader, ids: readonly string[]): Promise<string[]> => {
  const where = { id: { in: [...ids] }, active: true, personId: { not: null }, unreachableSince: null }
  return (await readFrom(reader).staffMember.findMany({ where, select: { id: true } })).map(({ id }) => id)
}

export const findStaff = async (reader: Reader, id: string): Promise<StaffMember | null> => {
  const text = `SELECT ${columns} FROM staff_members WHERE id = $1::uuid`
  const [row] = await directFromNamed<StaffMember>(reader, 'staff-member', text, [id])
  return row ?? null
}

/**
 * Locks and returns a member. For a member who serves none of the territories returns null without waiting for the
 * lock.
 */
export const lockStaff = async (
  tx: Tx,
  id: string,
  territories: readonly string[] | 'all',
): Promise<StaffMember | null> => {
  const text = `
    SELECT ${columns} FROM staff_members WHERE id = $1::uuid AND ($2::text[] IS NULL OR territories && $2::text[])
    FOR NO KEY UPDATE`
  const values = [id, territories === 'all' ? null : [...territories]]
  const [row] = await directNamed<StaffMember>(tx, 'lock-staff-member', text, values)
  return row ?? null
}

/** Returns first names by id. */
export const namesOfStaff = async (reader: Reader, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await directFrom(reader)<{ id: string; name: string }>`
    SELECT id, name FROM staff_members WHERE id = ANY (${[...ids]}::uuid[])`
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Returns all staff, oldest first. */
export const listStaff = async (reader: Reader): Promise<StaffMember[]> =>
  (await readFrom(reader).staffMember.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(
    toMember,
  )

type StoredMember = NonNullable<Awaited<ReturnType<Database['prisma']['staffMember']['findUnique']>>>

export const toMember = ({ updatedAt: _, deskSince: __, ...row }: StoredMember): StaffMember => ({
  ...row,
  role: row.role as StaffRole,
  dutyHours: row.dutyHours as DutyHours | null,
})
