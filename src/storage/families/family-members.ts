import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const memberRoles = ['parent', 'representative', 'minor'] as const
export type MemberRole = (typeof memberRoles)[number]

export type Member = {
  id: string
  familyId: string
  /** Null until the one-time link is used. */
  personId: string | null
  role: MemberRole
  /** Sealed at `family_members.name` / id. */
  name: string
  addedAt: Date
  joinedAt: Date | null
  removedAt: Date | null
}

export type NewMember = Pick<Member, 'id' | 'familyId' | 'role' | 'name' | 'addedAt'> &
  Partial<Pick<Member, 'personId' | 'joinedAt'>>

/** Throws DomainError `already-member` for a person who is in the family already. */
export const insertMember = async (tx: Tx, member: NewMember): Promise<Member> =>
  toMember(await tx.familyMember.create({ data: member }))

/** A member who is there; null for one who was removed. */
export const findMember = async (reader: Reader, id: string): Promise<Member | null> => {
  const row = await readFrom(reader).familyMember.findFirst({ where: { id, removedAt: null } })
  return row && toMember(row)
}

/** Members who are there, in the order in which they were added. */
export const membersOf = async (reader: Reader, familyId: string): Promise<Member[]> => {
  const orderBy = [{ addedAt: 'asc' as const }, { id: 'asc' as const }]
  const rows = await readFrom(reader).familyMember.findMany({ where: { familyId, removedAt: null }, orderBy })
  return rows.map(toMember)
}

/** Ties a member to an account; whoever was tied before is not any more. Throws `already-member` as `insertMember` does. */
export const bindMember = async (tx: Tx, id: string, personId: string, now: Date): Promise<Member> =>
  toMember(await tx.familyMember.update({ where: { id }, data: { personId, joinedAt: now } }))

/** Ends a member's access; false where it had ended. */
export const removeMember = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.familyMember.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } })).count === 1

/** Keeps a link; a newer one takes the place of those that were not used. */
export const addFamilyInvite = async (
  tx: Tx,
  invite: { memberId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.familyInvite.deleteMany({ where: { memberId: invite.memberId, usedAt: null } })
  await tx.familyInvite.create({ data: invite })
}

/** Whose link it is; null for one that is unknown, used or expired, or of a member who was removed. */
export const memberOfInvite = async (
  reader: Reader,
  tokenHash: string,
  now: Date,
): Promise<Member | null> => {
  const invite = await readFrom(reader).familyInvite.findFirst({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now }, member: { removedAt: null } },
    select: { member: true },
  })
  return invite && toMember(invite.member)
}

/** Uses a link up, in one conditional update: of two at once one wins. */
export const useFamilyInvite = async (tx: Tx, tokenHash: string, now: Date): Promise<boolean> =>
  (
    await tx.familyInvite.updateMany({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
  ).count === 1

/** Forgets links that expired before a moment. Returns how many. */
export const deleteFamilyInvitesExpiredBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.familyInvite.deleteMany({ where: { expiresAt: { lt: date } } })).count

type StoredMember = NonNullable<Awaited<ReturnType<Database['prisma']['familyMember']['findUnique']>>>

export const toMember = (row: StoredMember): Member => ({ ...row, role: row.role as MemberRole })
