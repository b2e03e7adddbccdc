import type { Turn } from '#dialogue/screen.ts'
import { lookAtSafety, type SafetyFact, safetyFactsInForce } from '#features/families/safety-facts.ts'

/**
 * The safety facts of a family that the member of staff has just been allowed to open. Showing them is audited; most
 * families have none, and cost no transaction.
 */
export const readSafety = async (
  { deps, who, now }: Pick<Turn, 'deps' | 'who' | 'now'>,
  familyId: string,
): Promise<SafetyFact[]> => {
  const facts = await safetyFactsInForce(deps.database, deps, { familyId, now })
  if (facts.length === 0) return facts
  const by = { staffId: who?.staff?.id }
  return deps.database.transaction((tx) => lookAtSafety(tx, deps, { familyId, by, now }))
}

/** Whether whoever is told to act has a warning to read first; a notice says no more, because it shows on a lock screen. */
export const isWarnedOf = async (
  { database, sealer }: Pick<Turn['deps'], 'database' | 'sealer'>,
  { id: familyId }: { id: string },
  now: Date,
): Promise<boolean> => (await safetyFactsInForce(database, { sealer }, { familyId, now })).length > 0
