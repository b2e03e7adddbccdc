import type { FamilyDeps } from '#features/families/active.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { changeVisit, lockVisitsAhead } from '#storage/visits/visits.ts'
import { openDoorCode, sealDoorCode } from './visit-content.ts'
import { newDoorCode } from './door-code.ts'
import { cancelVisit } from './visit-transitions.ts'

// What becomes of all the visits that a family has ahead. The family is locked in the same transaction.

/** Nobody comes any more: support is over, of which the family is told by itself. */
export const cancelVisitsAhead = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, now }: { family: Pick<Family, 'id'>; now: Date },
): Promise<void> => {
  for (const visit of await lockVisitsAhead(tx, { familyId: family.id, now }))
    await cancelVisit(tx, deps, { visit, quietly: true, now })
}

/**
 * Other door codes: somebody who has seen those of now is not of the family any more. The visits are where they were, of
 * the same version; members and whoever comes see the new codes on their cards.
 */
export const renewDoorCodes = async (
  tx: Tx,
  { sealer }: Pick<FamilyDeps, 'sealer'>,
  { familyId, now }: { familyId: string; now: Date },
): Promise<void> => {
  for (const visit of await lockVisitsAhead(tx, { familyId, now })) {
    const code = newDoorCode(openDoorCode(sealer, visit))
    await changeVisit(tx, visit.id, { doorCode: sealDoorCode(sealer, visit, code), changedAt: now })
  }
}
