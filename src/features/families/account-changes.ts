import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { renewDoorCodes } from '#features/visits/upcoming.ts'
import { highPriority } from '#queue/queues.ts'
import type { Reader, Tx } from '#storage/database.ts'
import {
  type AccountChange,
  type AccountDecision,
  accountChangesOf,
  type ConfirmedHow,
  decideAccountChanges,
  findAccountChange,
  insertAccountChange,
  markDisputed,
  openAccountChangesOf,
} from '#storage/families/account-changes.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import {
  bindMember,
  deleteUnusedInvitesOf,
  findMember,
  type Member,
} from '#storage/families/family-members.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Actor, FamilyDeps } from './active.ts'
import { joinPapers } from './join-papers.ts'
import { notifyStaff } from './notify-staff.ts'
import { silenceUnsafe } from './push-safety.ts'

// A member's account that was replaced by a new link: whoever holds the link need not be the member. What is older stays
// hidden until staff have spoken with the person (ADR 38).

export const accountStates = ['none', 'current', 'unconfirmed', 'paused'] as const
export type AccountState = (typeof accountStates)[number]

/** What stands between a member and their account. `paused`: the old account said «Это не я». Pure. */
export const accountState = ({
  personId,
  unconfirmedSince,
}: Pick<Member, 'personId' | 'unconfirmedSince'>): AccountState => {
  if (personId === null) return unconfirmedSince === null ? 'none' : 'paused'
  return unconfirmedSince === null ? 'current' : 'unconfirmed'
}

const isOpen = ({ decidedAt }: AccountChange): boolean => decidedAt === null

/**
 * Whose words and papers a new link would lead to: the current account's, those of the one before a change that staff have not
 * confirmed, or of whoever signed or told something without an account. Null if there are none.
 */
export const earlierAccount = async (
  reader: Reader,
  { id, personId, paperPersonId }: Pick<Member, 'id' | 'personId' | 'paperPersonId'>,
): Promise<string | null> => {
  if (personId !== null) return personId
  const last = (await accountChangesOf(reader, id)).at(-1)
  if (!last) return paperPersonId
  return last.decision === 'confirmed' ? last.personId : last.oldPersonId
}

/** The account that is the member's as far as staff know, or whoever signed for them on paper; null if there is nobody. */
export const standingAccount = async (
  reader: Reader,
  member: Pick<Member, 'id' | 'personId' | 'paperPersonId' | 'unconfirmedSince'>,
): Promise<string | null> => {
  const { id, personId, unconfirmedSince } = member
  if (unconfirmedSince === null && personId !== null) return personId
  const open = (await accountChangesOf(reader, id)).find(isOpen)
  return open?.oldPersonId ?? earlierAccount(reader, { ...member, personId: null })
}

/**
 * Records that a new account has replaced `oldPersonId`, and tells the old one and the curator at once. `paperPersonId`: who has
 * signed or told something without an account has seen no door codes, and others must not be able to tell that they joined.
 */
export const recordAccountChange = async (
  tx: Tx,
  deps: FamilyDeps,
  change: {
    family: Family
    member: Pick<Member, 'id' | 'paperPersonId'>
    oldPersonId: string
    personId: string
    now: Date
  },
): Promise<void> => {
  const { family, member, oldPersonId, personId, now } = change
  const { id: memberId, paperPersonId } = member
  const id = newId()
  await insertAccountChange(tx, { id, familyId: family.id, memberId, oldPersonId, personId, at: now })
  if (oldPersonId !== paperPersonId) await renewDoorCodes(tx, deps, { familyId: family.id, now })
  await deps.enqueue(tx, 'account-notice', { changeId: id }, { priority: highPriority })
  await notifyStaff(tx, deps, { family, kind: 'account', subjectId: memberId, now })
}

/**
 * «Это не я»: an urgent card to curator and supervisors, and the new account has no access until they decide. After they
 * have confirmed the person, only the card: their word weighs more than a tap. Returns whether the access was paused.
 * Throws `not-found` for anybody but the old account.
 */
export const disputeAccount = async (
  tx: Tx,
  deps: FamilyDeps,
  { changeId, personId, now }: { changeId: string; personId: string | undefined; now: Date },
): Promise<{ paused: boolean }> => {
  const asked = await findAccountChange(tx, changeId)
  if (!asked || personId === undefined || asked.oldPersonId !== personId) throw new DomainError('not-found')
  const family = await lockFamily(tx, asked.familyId)
  const change = await findAccountChange(tx, changeId)
  const member = await findMember(tx, asked.memberId)
  // Whoever has it back, or was removed, has nothing to dispute.
  if (!family || !change || !member || member.personId === personId) throw new DomainError('not-found')
  const first = await markDisputed(tx, changeId, now)
  const paused = isOpen(change)
  if (paused && member.personId !== null) {
    const { unconfirmedSince } = member
    await bindMember(tx, member.id, { personId: null, unconfirmedSince: unconfirmedSince ?? change.at })
    await renewDoorCodes(tx, deps, { familyId: family.id, now })
  }
  if (paused) await deleteUnusedInvitesOf(tx, member.id)
  if (first) await notifyStaff(tx, deps, { family, kind: 'account-disputed', subjectId: member.id, now })
  return { paused }
}

type Decision = {
  family: Family
  memberId: string
  decision: AccountDecision
  how: ConfirmedHow
  by: Actor
  now: Date
}

/**
 * What staff decide after having spoken with the person: `confirmed` opens everything to the new account, `refused` leaves the
 * member without one, `restored` gives it back to the old one. Audited. Does nothing if there is nothing to decide.
 * Throws `not-found`; `already-member` if the old account has come back as somebody else.
 */
export const decideAccount = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, memberId, decision, how, by, now }: Decision,
): Promise<Member> => {
  const member = await findMember(tx, memberId)
  if (member?.familyId !== family.id) throw new DomainError('not-found')
  const changes = (await accountChangesOf(tx, memberId)).filter(isOpen)
  // A change made by an earlier version has a mark, but no record.
  if (changes.length === 0 && member.unconfirmedSince === null) return member
  const personId = accountAfter(decision, changes, member)
  // Unbound first: the database marks whatever replaces an account directly as unconfirmed.
  if (personId !== member.personId) await bindMember(tx, memberId, { personId: null, unconfirmedSince: null })
  const bound = await bindMember(tx, memberId, {
    personId,
    unconfirmedSince: null,
    ...(personId !== null && personId !== member.personId && { joinedAt: now }),
  })
  await silenceUnsafe(tx, deps, { member: bound, now })
  await joinPapers(tx, { member: bound, by, now })
  await decideAccountChanges(tx, memberId, { decision, how, decidedAt: now, ...by })
  if (decision !== 'confirmed') {
    await deleteUnusedInvitesOf(tx, memberId)
    await renewDoorCodes(tx, deps, { familyId: family.id, now })
  }
  const whose = { staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null }
  await addAudit(tx, {
    at: now,
    action: 'family.account',
    familyId: family.id,
    subjectId: memberId,
    ...whose,
  })
  return bound
}

const accountAfter = (
  decision: AccountDecision,
  open: readonly AccountChange[],
  { personId, paperPersonId }: Pick<Member, 'personId' | 'paperPersonId'>,
): string | null => {
  if (decision === 'refused') return null
  if (decision === 'restored') {
    const before = (open.find(({ disputedAt }) => disputedAt) ?? open[0])?.oldPersonId ?? null
    return before === paperPersonId ? null : before
  }
  return open.at(-1)?.personId ?? personId
}

export type AccountNews = {
  /** A change that this account may still dispute. */
  replacedBy: { changeId: string } | null
  /** The old account said that it is not them; staff have not decided yet. */
  paused: boolean
}

/** What a person must know about replacements that concern their account. */
export const accountNews = async (reader: Reader, personId: string): Promise<AccountNews> => {
  const open = await openAccountChangesOf(reader, personId)
  const mine = open.find(
    (one) => one.oldPersonId === personId && one.disputedAt === null && one.current !== personId,
  )
  return {
    replacedBy: mine ? { changeId: mine.id } : null,
    paused: open.some((one) => one.personId === personId && one.current === null),
  }
}
