import { openContact } from '#features/requests/request-content.ts'
import type { Tx } from '#storage/database.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { setPushMode } from '#storage/people.ts'
import { hidePushes } from '#storage/pushes/push-settings.ts'
import { findRequest, latestRequestOf } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'

/**
 * What a new member may be pushed: nothing where they said, when they last asked for help, that writing to them is not
 * safe; a child's phone is looked into, so nothing is said there. Whatever they have chosen themselves is not loosened.
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
