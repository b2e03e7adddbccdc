import type { Tx } from '#storage/database.ts'
import { dropPushesTo, carryOverRequests, restrictionOf } from '#storage/data-requests/restrictions.ts'
import type { Member } from '#storage/families/family-members.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Actor } from './active.ts'

/**
 * From here on an account and whoever signed on paper for its member are read as one person (`one-person.ts`, ADR 119): what is asked
 * about their data, and a block, go on under the account. Audited. Does nothing where no paper was signed, or while staff have not
 * confirmed the account: whoever holds the link need not be the member.
 */
export const joinPapers = async (
  tx: Tx,
  { member, by = {}, now }: { member: Member; by?: Actor; now: Date },
): Promise<void> => {
  const { id, familyId, personId, paperPersonId, unconfirmedSince } = member
  if (personId === null || paperPersonId === null || unconfirmedSince !== null) return
  if (personId === paperPersonId) return
  await carryOverRequests(tx, { paperPersonId, personId })
  if ((await restrictionOf(tx, personId)).restrictedSince) await dropPushesTo(tx, personId, now)
  await addAudit(tx, {
    ...{ at: now, action: 'consents.joined', familyId, subjectId: id },
    ...{ staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null },
  })
}
