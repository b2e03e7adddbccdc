import { openContact } from '#features/requests/request-content.ts'
import type { Tx } from '#storage/database.ts'
import type { Member, MemberRole } from '#storage/families/family-members.ts'
import { markSafetyCopied } from '#storage/families/safety-facts.ts'
import { hidePushes, setPushMode } from '#storage/pushes/push-settings.ts'
import { findRequest, latestRequestOf } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { copySafetyFacts, safetyFactsInForce } from './safety-facts.ts'

/**
 * Limits the pushes of a new member: none if they said in their latest request that writing to them is not
 * safe; without details for minors, whose phones others look into. Never loosens what they have chosen
 * themselves.
 */
export const applyPushSafety = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { personId, role }: { personId: string; role: MemberRole },
): Promise<void> => {
  const latest = await latestRequestOf(tx, personId)
  const request = latest && (await findRequest(tx, latest.id))
  if (request && openContact(sealer, request).safeToWrite === 'no') await setPushMode(tx, personId, 'none')
  else if (role === 'minor') await hidePushes(tx, personId)
}

/** A person who joins brings along what they said about their safety in their latest request. */
export const bringSafetyFacts = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { member, personId, now }: { member: Member; personId: string; now: Date },
): Promise<void> => {
  const latest = await latestRequestOf(tx, personId)
  const request = latest && (await findRequest(tx, latest.id))
  if (!request || request.applicant === 'other-person') return
  const { id: memberId, familyId, role } = member
  await copySafetyFacts(tx, { sealer }, { request, familyId, memberId, role, now })
  await markSafetyCopied(tx, memberId)
}

/**
 * No pushes to the account that a member comes to have while writing to them is known not to be safe: staff may have noted it before
 * there was any account, or of the account before.
 */
export const silenceUnsafe = async (
  tx: Tx,
  deps: { sealer: Sealer },
  { member, now }: { member: Member; now: Date },
): Promise<void> => {
  const { id, personId, familyId } = member
  if (personId === null) return
  const facts = await safetyFactsInForce(tx, deps, { familyId, now })
  if (facts.some(({ kind, memberId }) => kind === 'no-messages' && memberId === id))
    await setPushMode(tx, personId, 'none')
}
