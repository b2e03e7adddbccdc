import type { Actor } from '#features/families/active.ts'
import { familyForStaff } from '#features/families/caseload.ts'
import type { Staff } from '#features/requests/cases.ts'
import { DomainError } from '#core/errors.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type KnownNeeds, knownNeeds } from './case-needs.ts'

/** What is known of a family, for whoever may open it; audited. */
export const readNeeds = async (
  tx: Tx,
  deps: { sealer: Sealer },
  { family, by, now }: { family: Family; by: Actor; now: Date },
): Promise<KnownNeeds> => {
  const { staffId = null, apiKeyId = null } = by
  await addAudit(tx, { at: now, action: 'family.needs', familyId: family.id, staffId, apiKeyId })
  return knownNeeds(tx, deps, family.id)
}

type As = { staff: Staff | null | undefined; familyId: string; now: Date }

/** The same in the bot. Throws `not-found`. */
export const needsForStaff = async (
  tx: Tx,
  deps: { sealer: Sealer },
  { now, ...of }: As,
): Promise<KnownNeeds & { family: Family }> => {
  const family = await familyForStaff(tx, { ...of, now })
  return { family, ...(await readNeeds(tx, deps, { family, by: { staffId: of.staff?.id }, now })) }
}

/** What a change in the bot needs: the locked family, and who changes it. Throws `not-found`. */
export const needsChangeBy = async (tx: Tx, { now, ...of }: As) => {
  const { id } = await familyForStaff(tx, { ...of, now })
  const family = await lockFamily(tx, id)
  if (!family) throw new DomainError('not-found')
  return { family, by: { staffId: of.staff?.id }, now }
}
