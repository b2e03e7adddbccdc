import { actorOf } from '#features/data-requests/receive-data-request.ts'
import { mustNotBeBlocked } from '#features/data-requests/blocks.ts'
import type { Actor } from '#features/families/active.ts'
import { isDangerOpen } from '#features/requests/danger-first.ts'
import type { Tx } from '#storage/database.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Sealer } from '#storage/seal.ts'
import { consentKinds } from './consent-text.ts'
import { type Giver, giverOf, saidByGiver, type Signer } from './paper-giver.ts'

/** The application, and a sheet for each consent: it is drawn up apart from everything else that is signed (152-ФЗ, ст. 9, ч. 1). */
export const printedPapers = [
  'application',
  ...consentKinds.filter((kind) => kind !== 'support-request'),
] as const
export type PrintedPaper = 'application' | Exclude<(typeof consentKinds)[number], 'support-request'>

/**
 * Who signs, and what they said of themselves in their own request; audited as a paper that was made. Throws `not-found`, `data-blocked`.
 * The caller checks the right.
 */
export const openForPrinting = async (
  tx: Tx,
  sealer: Sealer,
  { signer, by, now }: { signer: Signer; by: Actor; now: Date },
): Promise<{ giver: Giver; said: ReturnType<typeof saidByGiver> }> => {
  const giver = await giverOf(tx, signer)
  const { familyId, request } = giver
  if (request) await mustNotBeBlocked(tx, { of: request, by, now, danger: isDangerOpen(request) })
  const of = { familyId, requestId: request?.id ?? null }
  await addAudit(tx, { at: now, action: 'consents.printed', ...of, ...actorOf(by) })
  return { giver, said: saidByGiver(sealer, giver) }
}
