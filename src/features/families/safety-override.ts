import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Tx } from '#storage/database.ts'
import type { Member } from '#storage/families/family-members.ts'
import {
  addSafetyOverride,
  type SafetyOverride,
  type SafetyOverrideKind,
  safetyOverridesOf,
} from '#storage/families/safety-facts.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Sealer } from '#storage/seal.ts'
import { earlierAccount } from './account-changes.ts'
import type { Actor } from './active.ts'
import type { TargetAudience } from './audience.ts'
import { allSafetyFacts, auditSafety, type SafetyFact, safetyFactsInForce } from './safety-facts.ts'

// Steps that a minor's warning speaks against: staff may take them, but not without having read it, and not without a
// reason. The reason is kept.

/**
 * The warnings against letting this member in: for an adult, what the family's minors said about their parents. A new link
 * for somebody who had an account may end up with somebody else: for a minor all of the family's facts speak against it,
 * for an adult their own, too. Pure.
 */
export const warningsAgainst = (
  facts: readonly SafetyFact[],
  { id, role, replaces }: Pick<Member, 'id' | 'role'> & { replaces: boolean },
): SafetyFact[] => {
  if (role === 'minor') return replaces ? [...facts] : []
  return facts.filter(
    (fact) => (fact.role === 'minor' && fact.kind === 'parents-unsafe') || (replaces && fact.memberId === id),
  )
}

/** The warnings against letting adults see what is for these minors. Pure. */
export const warningsAgainstAudience = (
  facts: readonly SafetyFact[],
  { audience, memberIds }: TargetAudience,
): SafetyFact[] =>
  audience !== 'minors'
    ? []
    : facts.filter(
        ({ kind, memberId, role }) =>
          kind === 'parents-unsafe' &&
          role === 'minor' &&
          (memberIds.length === 0 || memberIds.includes(memberId)),
      )

/**
 * The audience of what was made without choosing one: `confidential` if a named minor is unsafe at home, otherwise
 * `minors` if minors are named, and the family. Null if it has to be chosen: for nobody in particular, in a family with
 * such a minor. Pure.
 */
export const defaultAudience = (
  facts: readonly SafetyFact[],
  memberIds: readonly string[],
): TargetAudience['audience'] | null => {
  const unsafe = warningsAgainstAudience(facts, { audience: 'minors', memberIds }).length > 0
  if (memberIds.length > 0) return unsafe ? 'confidential' : 'minors'
  return unsafe ? null : 'family'
}

type Override = {
  familyId: string
  kind: SafetyOverrideKind
  subjectId: string | null
  /** What staff gave as their reason; undefined: they were not asked yet. */
  reason: string | undefined
  by: Actor
  now: Date
}

/** Keeps why a step was taken against warnings. Throws `safety-unacknowledged` without a reason. */
export const overrideWarnings = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  warnings: readonly SafetyFact[],
  { familyId, kind, subjectId, reason, by, now }: Override,
): Promise<void> => {
  if (warnings.length === 0) return
  if (reason === undefined) throw new DomainError('safety-unacknowledged')
  const id = newId()
  const own = await sealerOf(tx, sealer, { family: familyId })
  const sealed = own.seal(reason, `safety_overrides.reason.${id}`)
  await addSafetyOverride(tx, { id, familyId, kind, subjectId, reason: sealed, at: now, ...by })
  await auditSafety(tx, { familyId, by, now }, 'family.safety-override')
}

/** The warnings against inviting this member. Read by rules and by whoever invites. */
export const invitationWarnings = async (
  tx: Tx,
  deps: { sealer: Sealer },
  {
    member,
    now,
  }: { member: Pick<Member, 'id' | 'familyId' | 'role' | 'personId' | 'paperPersonId'>; now: Date },
): Promise<SafetyFact[]> => {
  const { id, role, familyId } = member
  const replaces = (await earlierAccount(tx, member)) !== null
  return warningsAgainst(await safetyFactsInForce(tx, deps, { familyId, now }), { id, role, replaces })
}

export type SafetyRecord = {
  facts: SafetyFact[]
  overrides: (Omit<SafetyOverride, 'reason'> & { reason: string })[]
}

/** Everything known about a family's safety, ended facts and reasons included. Audited. */
export const safetyRecord = async (
  tx: Tx,
  deps: { sealer: Sealer },
  { familyId, by, now }: { familyId: string; by: Actor; now: Date },
): Promise<SafetyRecord> => {
  await auditSafety(tx, { familyId, by, now }, 'family.safety')
  const facts = await allSafetyFacts(tx, deps, familyId)
  const overrides = (await safetyOverridesOf(tx, familyId)).map((one) => ({
    ...one,
    reason: deps.sealer.open(one.reason, `safety_overrides.reason.${one.id}`),
  }))
  return { facts, overrides }
}
