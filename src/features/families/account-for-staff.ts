import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { AccountDecision, ConfirmedHow } from '#storage/families/account-changes.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { findMember, type Member } from '#storage/families/family-members.ts'
import { decideAccount } from './account-changes.ts'
import type { FamilyDeps } from './active.ts'
import { familyForStaff } from './caseload.ts'

type As = { staff: Staff | null | undefined; memberId: string; now: Date }

/** A member of a family that concerns the staff member. Throws `not-found` for any other. */
export const memberForStaff = async (
  reader: Reader,
  { memberId, ...as }: As,
): Promise<{ family: Family; member: Member }> => {
  const member = await findMember(reader, memberId)
  if (!member) throw new DomainError('not-found')
  return { family: await familyForStaff(reader, { ...as, familyId: member.familyId }), member }
}

/** Decides about a replaced account, as `decideAccount` does. */
export const decideAccountForStaff = async (
  tx: Tx,
  deps: FamilyDeps,
  { decision, how, ...as }: As & { decision: AccountDecision; how: ConfirmedHow },
): Promise<void> => {
  const { family: found } = await memberForStaff(tx, as)
  const family = await lockFamily(tx, found.id)
  if (!family) throw new DomainError('not-found')
  const { memberId, now } = as
  await decideAccount(tx, deps, { family, memberId, decision, how, by: { staffId: as.staff?.id }, now })
}
