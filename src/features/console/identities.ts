import { DomainError } from '#core/errors.ts'
import { setIdentity, staffOfIdentity } from '#storage/console/ways-in.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { lockStaff } from '#storage/staff/staff.ts'

// Who a member of staff is for the centre's own sign-in. Only a keyed hash is stored: it is compared, and nobody reads it.

/** What the centre's sign-in says of somebody: who says it, in which claim, and what. */
export type Identity = { issuer: string; claim: string; value: string }

const purpose = 'console-identity'
/** Addresses of mail are the same in any case. */
const textOf = ({ issuer, claim, value }: Identity): string =>
  JSON.stringify([issuer, claim, claim === 'email' ? value.toLowerCase() : value])

/** Links a member to an identity in place of any other one; null ends it. Audited. Throws `not-found`; `already-open` if it is another member's. */
export const linkIdentity = async (
  tx: Tx,
  sealer: Sealer,
  { staffId, identity, now }: { staffId: string; identity: Identity | null; now: Date },
): Promise<void> => {
  if (!(await lockStaff(tx, staffId, 'all'))) throw new DomainError('not-found')
  const whose = identity && (await memberByIdentity(tx, sealer, identity))
  if (whose !== null && whose !== staffId) throw new DomainError('already-open')
  const valueHash = identity && sealer.sign(textOf(identity), purpose)
  await setIdentity(tx, { staffId, valueHash, now })
  await addAudit(tx, { at: now, action: 'console.identity-changed', subjectId: staffId })
}

/** Whose an identity is; null: nobody's. */
export const memberByIdentity = (
  reader: Reader,
  sealer: Sealer,
  identity: Identity,
): Promise<string | null> => staffOfIdentity(reader, sealer.signatures(textOf(identity), purpose))
