import type { Actor, FamilyDeps } from '#features/families/active.ts'
import type { Database, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { staffWork } from '#storage/staff/staff-work.ts'
import { changeVisit, lockVisitsAhead, type Visit } from '#storage/visits/visits.ts'
import { newDoorCode } from './door-code.ts'
import { openDoorCode, sealDoorCode } from './visit-content.ts'
import { cancelVisit } from './visit-transitions.ts'

// Changes to all upcoming visits of a family, which is locked in the same transaction.

/** Cancels all upcoming visits when support ends; the family is notified of that instead. */
export const cancelVisitsAhead = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, by, now }: { family: Pick<Family, 'id'>; by: Actor; now: Date },
): Promise<void> => {
  for (const visit of await lockVisitsAhead(tx, { familyId: family.id, now }))
    await cancelVisit(tx, deps, { visit, quietly: true, by, now })
}

/**
 * Renews the door codes of all upcoming visits after somebody who may have seen them left the family. The
 * visits keep their version; members and visitors see the new codes on their cards.
 */
export const renewDoorCodes = async (
  tx: Tx,
  { sealer }: Pick<FamilyDeps, 'sealer'>,
  { familyId, now }: { familyId: string; now: Date },
): Promise<void> => {
  for (const visit of await lockVisitsAhead(tx, { familyId, now }))
    await renewCode(tx, { sealer }, visit, now)
}

const renewCode = async (
  tx: Tx,
  { sealer }: Pick<FamilyDeps, 'sealer'>,
  visit: Visit,
  now: Date,
): Promise<void> => {
  const code = newDoorCode(openDoorCode(sealer, visit))
  const own = await sealerOf(tx, sealer, { family: visit.familyId })
  await changeVisit(tx, visit.id, { doorCode: sealDoorCode(own, visit, code), changedAt: now })
}

/**
 * The same for the visits that somebody makes, whose phone a stranger may hold. Each family is a transaction of its own. May
 * be killed, and run again.
 */
export const renewDoorCodesOf = async (
  database: Database,
  { sealer }: Pick<FamilyDeps, 'sealer'>,
  { staffId, now }: { staffId: string; now: () => Date },
): Promise<void> => {
  const { visits } = await staffWork(database, staffId, now())
  for (const familyId of new Set(visits.map((visit) => visit.familyId)))
    await database.transaction(async (tx) => {
      await lockFamily(tx, familyId)
      for (const visit of await lockVisitsAhead(tx, { familyId, now: now() })) {
        if (visit.staffId === staffId) await renewCode(tx, { sealer }, visit, now())
      }
    })
}
