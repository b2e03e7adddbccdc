import { newId } from '#core/ids.ts'
import { openContact } from '#features/requests/request-content.ts'
import { markForSearch } from '#features/worklist/mark-for-search.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { insertMember } from '#storage/families/family-members.ts'
import { markSafetyCopied } from '#storage/families/safety-facts.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { FamilyDeps } from './active.ts'
import { sealName } from './member-facts.ts'
import { applyPushSafety } from './push-safety.ts'
import { copySafetyFacts } from './safety-facts.ts'

/**
 * Adds whoever asked for support to the family of their request, with what they said about their safety. Somebody who did not
 * come by the bot has no account: they are invited like everybody else.
 */
export const addApplicant = async (
  tx: Tx,
  { sealer }: FamilyDeps,
  { request, family, now }: { request: Request; family: Family; now: Date },
) => {
  const { name } = openContact(sealer, request)
  const byBot = request.source === 'bot'
  const id = newId()
  const role = request.applicant === 'other-person' ? 'representative' : request.applicant
  await insertMember(tx, {
    id,
    familyId: family.id,
    personId: byBot ? request.personId : null,
    // Whoever wrote of another family signs nothing for it.
    paperPersonId: byBot || request.applicant === 'other-person' ? null : request.personId,
    role,
    name: sealName(await sealerOf(tx, sealer, { member: id }), id, name ?? ''),
    addedAt: now,
    joinedAt: byBot ? now : null,
  })
  await markForSearch(tx, sealer, { memberId: id }, { name })
  await copySafetyFacts(tx, { sealer }, { request, familyId: family.id, memberId: id, role, now })
  await markSafetyCopied(tx, id)
  if (byBot) await applyPushSafety(tx, { sealer }, { personId: request.personId, role })
}
