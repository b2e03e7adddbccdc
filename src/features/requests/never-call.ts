import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import { setContact } from '#storage/requests/request-steps.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { openContact } from './request-content.ts'

/**
 * Whoever says below their open request that they must not be called is called by nobody: their answer about calls follows, so that
 * every card says it. It only ever narrows: a tap on a borrowed phone must not open a way that was not safe.
 */
export const neverCall = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { who }: { who: Snapshot | null },
): Promise<void> => {
  const request = who?.openRequest && (await lockRequest(tx, who.openRequest.id))
  if (!request) return
  const contact = openContact(sealer, request)
  if (contact.safeToCall === 'no') return
  const { id } = request
  const own = await sealerOf(tx, sealer, { person: request.personId })
  await setContact(tx, id, own.sealJson({ ...contact, safeToCall: 'no' }, `requests.contact.${id}`))
}
