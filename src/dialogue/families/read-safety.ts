import type { Turn } from '#dialogue/screen.ts'
import { readWarnings } from '#features/families/look-at-family.ts'
import { type SafetyFact, safetyFactsInForce } from '#features/families/safety-facts.ts'

/**
 * The safety facts of a family that the member of staff has just been allowed to open. Showing them is audited; most
 * families have none, and cost no transaction.
 */
export const readSafety = (
  { deps, who, now }: Pick<Turn, 'deps' | 'who' | 'now'>,
  familyId: string,
): Promise<SafetyFact[]> => readWarnings(deps, { familyId, staffId: who?.staff?.id, now })

/** Whether whoever is told to act has a warning to read first; a notice says no more, because it shows on a lock screen. */
export const isWarnedOf = async (
  { database, sealer }: Pick<Turn['deps'], 'database' | 'sealer'>,
  { id: familyId }: { id: string },
  now: Date,
): Promise<boolean> => (await safetyFactsInForce(database, { sealer }, { familyId, now })).length > 0
