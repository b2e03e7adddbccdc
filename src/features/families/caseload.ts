import { DomainError } from '#core/errors.ts'
import { blockableOf, blockOfMember, closedTo } from '#features/data-requests/blocks.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Block, blocksOf } from '#storage/data-requests/restrictions.ts'
import { type Family, findFamily, lockFamily } from '#storage/families/families.ts'
import { findMember, type Member, type MemberRole, membersOf } from '#storage/families/family-members.ts'
import { hiddenAmong } from '#storage/hiding/hidden-chats.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { type Visit, visitsSince } from '#storage/visits/visits.ts'
import { type AccountState, accountState } from './account-changes.ts'
import { staffRights } from './family-access.ts'
import { addMember } from './member-facts.ts'
import { inviteToFamily, type MemberLink, shownName } from './members.ts'
import { invitationWarnings } from './safety-override.ts'

// Families as staff see them in the bot: curators their own, supervisors those of their territories,
// specialists those without a reachable curator.

type Reading = { staff: Staff | null | undefined; familyId: string; now: Date }

/**
 * Throws `not-found`, also if the family does not concern the member, so that its existence is not revealed.
 */
export const familyForStaff = async (reader: Reader, { staff, familyId, now }: Reading): Promise<Family> => {
  const family = await findFamily(reader, familyId)
  if (!family || !(await staffRights(reader, staff, family, { now })).has('card'))
    throw new DomainError('not-found')
  return family
}

type CaseMember = Pick<Member, 'id' | 'role'> & {
  account: AccountState
  /** They have hidden the chat: their silence is meant. */
  hidden: boolean
  /** Their data are blocked. */
  blocked: Block | null
}

export type FamilyCase = {
  family: Family
  curator: { id: string; name: string } | null
  members: CaseMember[]
  nextVisit: Pick<Visit, 'id' | 'startsAt'> | null
}

/** A family's summary, without personal data. Throws `not-found`. */
export const familyCase = async (reader: Reader, of: Reading): Promise<FamilyCase> => {
  const family = await familyForStaff(reader, of)
  const curator = family.curatorId === null ? null : await findStaff(reader, family.curatorId)
  const wanted = { familyId: family.id, since: of.now, statuses: ['planned'] as const, limit: 1 }
  const [nextVisit = null] = await visitsSince(reader, wanted)
  return {
    family,
    curator: curator && { id: curator.id, name: curator.name },
    members: await withStanding(reader, await membersOf(reader, family.id)),
    nextVisit,
  }
}

export type NamedMember = CaseMember & { called: string }

/** The names of a family's members. Every access is audited. Throws `not-found`. */
export const familyNames = async (
  tx: Tx,
  sealer: Sealer,
  of: Reading,
): Promise<{ family: Family; members: NamedMember[] }> => {
  const family = await familyForStaff(tx, of)
  await addAudit(tx, {
    staffId: of.staff?.id ?? null,
    action: 'family.details',
    familyId: family.id,
    at: of.now,
  })
  const members = await membersOf(tx, family.id)
  const by = { staffId: of.staff?.id }
  const closed = await closedTo(tx, { personIds: members.flatMap(blockableOf), by, now: of.now })
  const names = new Map(members.map((member) => [member.id, shownName(sealer, closed, member)]))
  const standing = await withStanding(tx, members)
  return { family, members: standing.map((one) => ({ ...one, called: names.get(one.id) ?? '' })) }
}

const withStanding = async (reader: Reader, members: readonly Member[]): Promise<CaseMember[]> => {
  const people = members.map(({ personId }) => personId)
  const blocks = await blocksOf(reader, members.flatMap(blockableOf))
  const hidden = await hiddenAmong(reader, people)
  return members.map((member) => ({
    id: member.id,
    role: member.role,
    account: accountState(member),
    hidden: member.personId !== null && hidden.has(member.personId),
    blocked: blockOfMember(blocks, member) ?? null,
  }))
}

type Inviting = Reading & { botUsername: string }
/** An existing member, or one to be added. */
export type Invitee = { memberId: string } | { role: MemberRole; name: string }

/** The link, or the member for whom a reason must be given first. */
export type StaffInvitation = MemberLink | { reasonFor: string }

/**
 * Creates an invitation link for a member, as `inviteToFamily` does. Without a `reason` that is needed, only
 * adds the member. Throws `not-found`, `already-closed`.
 */
export const inviteForStaff = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { botUsername, invited, reason, ...of }: Inviting & { invited: Invitee; reason?: string },
): Promise<StaffInvitation> => {
  const { now } = of
  const { id } = await familyForStaff(tx, of)
  const family = await lockFamily(tx, id)
  if (!family) throw new DomainError('not-found')
  const by = { staffId: of.staff?.id }
  const member =
    'memberId' in invited
      ? await findMember(tx, invited.memberId)
      : await addMember(tx, { sealer }, { family, ...invited, now })
  if (member?.familyId !== id) throw new DomainError('not-found')
  await addAudit(tx, { staffId: of.staff?.id ?? null, action: 'family.changed', familyId: id, at: now })
  if (reason === undefined && (await invitationWarnings(tx, { sealer }, { member, now })).length > 0)
    return { reasonFor: member.id }
  return inviteToFamily(tx, { sealer, botUsername, now }, { family, memberId: member.id, reason, by })
}
