import { DomainError } from '#core/errors.ts'
import { blockedText } from '#core/withheld.ts'
import { newToken, sha256 } from '#core/ids.ts'
import { blockableOf, blockOfMember, type BlockReader, closedTo } from '#features/data-requests/blocks.ts'
import { renewDoorCodes } from '#features/visits/upcoming.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addFamilyEvent, type Family } from '#storage/families/families.ts'
import { addFamilyInvite, findMember, type Member, removeMember } from '#storage/families/family-members.ts'
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

/** The same for a reader to whom some people's data are `closed`. */
export const shownName = (
  sealer: Sealer,
  closed: ReadonlyMap<string, unknown>,
  member: Pick<Member, 'id' | 'name' | 'personId' | 'paperPersonId'>,
): string => (blockOfMember(closed, member) === undefined ? nameOf(sealer, member) : blockedText)

/** Whether a new link of a member would replace an account. Throws `not-found` if the member is not in this family. */
export const replacesAccount = async (
  reader: Reader,
  { family, memberId }: { family: Family; memberId: string },
): Promise<boolean> => {
  const member = await findMember(reader, memberId)
  if (member?.familyId !== family.id) throw new DomainError('not-found')
  return (await earlierAccount(reader, member)) !== null
}

type Named = Pick<Member, 'id' | 'name' | 'personId' | 'paperPersonId'>

/** The same of many, by the member's id. The caller checks the right, and audits the access. */
export const namesFor = async (
  reader: Reader,
  sealer: Sealer,
  { members, by, now }: { members: readonly Named[]; by: BlockReader; now: Date },
): Promise<Map<string, string>> => {
  const closed = await closedTo(reader, { personIds: members.flatMap(blockableOf), by, now })
  return new Map(members.map((member) => [member.id, shownName(sealer, closed, member)]))
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
