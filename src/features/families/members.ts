import type { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { newId, newToken, sha256 } from '#core/ids.ts'
import { contactSchema } from '#features/requests/request-content.ts'
import { renewDoorCodes } from '#features/visits/upcoming.ts'
import { announce } from '#features/webhooks/announce.ts'
import { markForSearch } from '#features/worklist/mark-for-search.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addFamilyEvent, type Family } from '#storage/families/families.ts'
import {
  addFamilyInvite,
  findMember,
  insertMember,
  type Member,
  type MemberRole,
  removeMember,
} from '#storage/families/family-members.ts'
import type { Sealer } from '#storage/seal.ts'
import { earlierAccount } from './account-changes.ts'
import { type Actor, mustBeActive } from './active.ts'
import type { SafetyFact } from './safety-facts.ts'
import { invitationWarnings, overrideWarnings } from './safety-override.ts'

type Deps = { sealer: Sealer; enqueue: Enqueue }

/** How long a link is valid. */
const validForMs = 14 * 24 * 60 * 60 * 1000

export const nameOf = (sealer: Sealer, { id, name }: Pick<Member, 'id' | 'name'>): string =>
  sealer.open(name, `family_members.name.${id}`)

export const sealName = (sealer: Sealer, id: string, name: string): string =>
  sealer.seal(name, `family_members.name.${id}`)

/** How staff reach somebody, beside what they said themselves. */
export const memberContactSchema = contactSchema.pick({ phone: true, address: true })
export type MemberContact = z.infer<typeof memberContactSchema>

export const memberContactOf = (
  sealer: Sealer,
  { id, contact }: Pick<Member, 'id' | 'contact'>,
): MemberContact =>
  contact === null ? {} : memberContactSchema.parse(sealer.openJson(contact, contactAt(id)))

/** Null: there is none. */
export const sealContact = (sealer: Sealer, id: string, contact: MemberContact): string | null =>
  Object.keys(contact).length === 0 ? null : sealer.sealJson(contact, contactAt(id))

const contactAt = (id: string) => `family_members.contact.${id}`

/** Whether a new link of a member would replace an account. Throws `not-found` if the member is not in this family. */
export const replacesAccount = async (
  reader: Reader,
  { family, memberId }: { family: Family; memberId: string },
): Promise<boolean> => {
  const member = await findMember(reader, memberId)
  if (member?.familyId !== family.id) throw new DomainError('not-found')
  return (await earlierAccount(reader, member)) !== null
}

/** Adds a member, who has no account until they join. Throws `already-closed`. */
export const addMember = async (
  tx: Tx,
  { sealer }: Pick<Deps, 'sealer'>,
  {
    family,
    role,
    name,
    contact = {},
    now,
  }: { family: Family; role: MemberRole; name: string; contact?: MemberContact; now: Date },
): Promise<Member> => {
  mustBeActive(family)
  const id = newId()
  const sealed = { name: sealName(sealer, id, name), contact: sealContact(sealer, id, contact) }
  const member = await insertMember(tx, { id, familyId: family.id, role, ...sealed, addedAt: now })
  await markForSearch(tx, sealer, { memberId: id }, { name, ...contact })
  return member
}

export type MemberLink = {
  member: Member
  link: string
  expiresAt: Date
  /** What the family's minors said against letting this member in. */
  warning: SafetyFact[]
}

/**
 * Creates the one-time link (128 bits, 14 days) by which a member joins, or returns from another account.
 * Earlier links become invalid. Throws `not-found` if the member is not, or no longer, in this family;
 * `already-closed` if support has ended; `safety-unacknowledged` without a `reason` if a warning speaks against it.
 */
export const inviteToFamily = async (
  tx: Tx,
  { sealer, botUsername, now }: { sealer: Sealer; botUsername: string; now: Date },
  {
    family,
    memberId,
    reason,
    by,
  }: { family: Family; memberId: string; reason?: string | undefined; by: Actor },
): Promise<MemberLink> => {
  const member = await findMember(tx, memberId)
  if (member?.familyId !== family.id) throw new DomainError('not-found')
  mustBeActive(family)
  const warning = await invitationWarnings(tx, { sealer }, { member, now })
  const step = { familyId: family.id, kind: 'invite', subjectId: memberId } as const
  await overrideWarnings(tx, { sealer }, warning, { ...step, reason, by, now })
  const token = newToken()
  const expiresAt = new Date(now.getTime() + validForMs)
  await addFamilyInvite(tx, { memberId, tokenHash: sha256(token), expiresAt })
  return { member, link: `https://t.me/${botUsername}?start=f_${token}`, expiresAt, warning }
}

/**
 * Ends a member's access at once and renews the door codes they have seen. Throws `not-found` if the member
 * is not, or no longer, in this family.
 */
export const endMembership = async (
  tx: Tx,
  deps: Deps,
  { family, memberId, by, now }: { family: Family; memberId: string; by: Actor; now: Date },
): Promise<void> => {
  const member = await findMember(tx, memberId)
  if (member?.familyId !== family.id || !(await removeMember(tx, memberId, now)))
    throw new DomainError('not-found')
  await addFamilyEvent(tx, { familyId: family.id, at: now, kind: 'removed', detail: memberId, ...by })
  await renewDoorCodes(tx, deps, { familyId: family.id, now })
  const data = { memberId, role: member.role }
  const familyId = family.id
  await announce(tx, deps, { type: 'family.member_removed', now, requestId: null, familyId, data })
}
