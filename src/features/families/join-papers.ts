import type { Tx } from '#storage/database.ts'
import { dropPushesTo, carryOverRequests, restrictionOf } from '#storage/data-requests/restrictions.ts'
import type { Member } from '#storage/families/family-members.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Actor } from './active.ts'

/**
 * From here on what is asked about a member's data, and a block, go on under their account; and whoever signed on paper for them is read
 * as one person with it (`one-person.ts`, ADR 119), which is audited. Does nothing while staff have not confirmed the account: whoever
 * holds the link need not be the member.
 */
export const joinPapers = async (
  tx: Tx,
  { member, by = {}, now }: { member: Member; by?: Actor; now: Date },
): Promise<void> => {
  const { id, familyId, personId, paperPersonId, unconfirmedSince } = member
  if (personId === null || unconfirmedSince !== null || personId === paperPersonId) return
  await carryOverRequests(tx, { memberId: id, paperPersonId, personId })
  if ((await restrictionOf(tx, personId)).restrictedSince) await dropPushesTo(tx, personId, now)
  if (paperPersonId === null) return
  await addAudit(tx, {
    ...{ at: now, action: 'consents.joined', familyId, subjectId: id },
    ...{ staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null },
  })
}
