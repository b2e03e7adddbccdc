import type { Tx } from '#storage/database.ts'
import { addAudit, listSeenData, type SeenData } from '#storage/staff/audit.ts'

/**
 * A page of whose data a staff member or key has opened since a moment; who asks is audited in turn. `apiKeyId`: the key
 * that asks, or `staffId` an administrator; absent: an operator.
 */
export const seenBy = async (
  tx: Tx,
  {
    apiKeyId,
    staffId,
    now,
    ...of
  }: Parameters<typeof listSeenData>[1] & {
    apiKeyId?: string | undefined
    staffId?: string | undefined
    now: Date
  },
): Promise<SeenData[]> => {
  await addAudit(tx, {
    at: now,
    action: 'audit.seen',
    subjectId: of.actorId,
    apiKeyId: apiKeyId ?? null,
    staffId: staffId ?? null,
  })
  return listSeenData(tx, of)
}
