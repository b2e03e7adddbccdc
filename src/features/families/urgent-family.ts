import { auditFlags } from '#features/requests/request-flags.ts'
import { reasonsOfRequest, type UrgentReason } from '#features/requests/urgent-reasons.ts'
import type { Database } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { isStillUrgent } from '#storage/families/urgent-families.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'

/**
 * Why the request of a family was urgent, as long as nobody has been there; empty otherwise. For whoever has just been allowed
 * to open its card; audited as the request's own card is.
 */
export const urgencyOfFamily = async (
  database: Database,
  sealer: Sealer,
  { family, staffId, now }: { family: Pick<Family, 'id' | 'requestId'>; staffId: string; now: Date },
): Promise<UrgentReason[]> => {
  if (family.requestId === null || !(await isStillUrgent(database, family.id))) return []
  const request = await findRequest(database, family.requestId)
  if (!request) return []
  await auditFlags(database, { requests: [request], familyId: family.id, staffId, now })
  return reasonsOfRequest(sealer, request)
}
