import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export const memberRoles = ['parent', 'representative', 'minor'] as const
export type MemberRole = (typeof memberRoles)[number]

export type Member = {
  id: string
  familyId: string
  /** Null until the one-time link is used. */
  personId: string | null
  /** Under whom the papers of somebody without an account are kept. */
  paperPersonId: string | null
  role: MemberRole
  /** Sealed at `family_members.name` / id. */
  name: string
  /** Sealed JSON at `family_members.contact` / id: phone and address; null: only what their request says. */
  contact: string | null
  addedAt: Date
  joinedAt: Date | null
  removedAt: Date | null
  /** Since when a replacement account waits to be confirmed; without an account it has been paused (ADR 38). */
  unconfirmedSince: Date | null
}

export type NewMember = Pick<Member, 'id' | 'familyId' | 'role' | 'name' | 'addedAt'> &
  Partial<Pick<Member, 'personId' | 'paperPersonId' | 'joinedAt' | 'contact'>>

/** Throws DomainError `already-member` if the person already belongs to the family. */
export const insertMember = async (tx: Tx, member: NewMember): Promise<Member> =>
  toMember(await tx.familyMember.create({ data: member }))

/** Returns a current member; null if the member was removed. */
export const findMember = async (reader: Reader, id: string): Promise<Member | null> => {
  const row = await readFrom(reader).familyMember.findFirst({ where: { id, removedAt: null } })
  return row && toMember(row)
}

/** Returns the current members in the order they were added. */
export const membersOf = async (reader: Reader, familyId: string): Promise<Member[]> => {
  const orderBy = [{ addedAt: 'asc' as const }, { id: 'asc' as const }]
  const rows = await readFrom(reader).familyMember.findMany({ where: { familyId, removedAt: null }, orderBy })
  return rows.map(toMember)
}

/**
 * Links a member to an account, replacing any previous one; null: to none. Throws `already-member` like
 * `insertMember`.
 */
export const bindMember = async (
  tx: Tx,
  id: string,
  account: Pick<Member, 'personId' | 'unconfirmedSince'> & { joinedAt?: Date },
): Promise<Member> => toMember(await tx.familyMember.update({ where: { id }, data: account }))

/** Corrects what staff have written down of a member. */
export const describeMember = async (
  tx: Tx,
  id: string,
  facts: Partial<Pick<Member, 'name' | 'contact'>>,
): Promise<Member> => toMember(await tx.familyMember.update({ where: { id }, data: facts }))

/** People under whom a member's consents and papers are kept. */
export const personsOfMember = ({
  personId,
  paperPersonId,
}: Pick<Member, 'personId' | 'paperPersonId'>): string[] =>
  [personId, paperPersonId].filter((one) => one !== null)

/** From here on a member's papers are kept under this person. */
export const keepPapersOf = async (tx: Tx, id: string, paperPersonId: string): Promise<void> => {
  await tx.familyMember.update({ where: { id }, data: { paperPersonId } })
}

/** Ends a member's access; returns false if it had already ended. */
export const removeMember = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.familyMember.updateMany({ where: { id, removedAt: null }, data: { removedAt: now } })).count === 1

/** Stores an invite link and deletes the member's unused ones. */
export const addFamilyInvite = async (
  tx: Tx,
  invite: { memberId: string; tokenHash: string; expiresAt: Date },
): Promise<void> => {
  await tx.familyInvite.deleteMany({ where: { memberId: invite.memberId, usedAt: null } })
  await tx.familyInvite.create({ data: invite })
}

/** Deletes the unused links that need a reason since somebody is unsafe: those of adults, all replacement links, and whoever's words and papers a first one leads to. */
export const deleteUnreasonedInvites = async (tx: Tx, familyId: string): Promise<void> => {
  const needing = [{ role: { not: 'minor' } }, { joinedAt: { not: null } }, { paperPersonId: { not: null } }]
  await tx.familyInvite.deleteMany({ where: { usedAt: null, member: { familyId, OR: needing } } })
}

/** Deletes a member's unused links. Returns how many. */
export const deleteUnusedInvitesOf = async (tx: Tx, memberId: string): Promise<number> =>
  (await tx.familyInvite.deleteMany({ where: { usedAt: null, memberId } })).count

/** Whether a person is, or has ever been, an adult of a family. */
export const hasBeenAdultOf = async (reader: Reader, personId: string, familyId: string): Promise<boolean> =>
  (await readFrom(reader).familyMember.findFirst({
    where: { personId, familyId, role: { not: 'minor' } },
    select: { id: true },
  })) !== null

/** Returns the invited member; null if the link is unknown, used or expired, or the member was removed. */
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

/** Whose link it is, used, expired or not; null if the member was removed, or nobody knows it. */
export const memberOfAnyInvite = async (reader: Reader, tokenHash: string): Promise<Member | null> => {
  const invite = await readFrom(reader).familyInvite.findFirst({
    where: { tokenHash, member: { removedAt: null } },
    select: { member: true },
  })
  return invite && toMember(invite.member)
}

/** Consumes a link in one conditional update, so that only one of two concurrent calls succeeds. */
export const useFamilyInvite = async (tx: Tx, tokenHash: string, now: Date): Promise<boolean> =>
  (
    await tx.familyInvite.updateMany({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    })
  ).count === 1

/** Deletes unused links that expired before a date: a used one still leads its member in. Returns how many. */
export const deleteFamilyInvitesExpiredBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.familyInvite.deleteMany({ where: { usedAt: null, expiresAt: { lt: date } } })).count

type StoredMember = NonNullable<Awaited<ReturnType<Database['prisma']['familyMember']['findUnique']>>>

export const toMember = ({ safetyCopied: _, ...row }: StoredMember): Member => ({
  ...row,
  role: row.role as MemberRole,
})
