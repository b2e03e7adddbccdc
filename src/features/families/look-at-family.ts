import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { lookAtSafety, type SafetyFact, safetyFactsInForce } from './safety-facts.ts'

/**
 * What a member of staff is warned of before they act, whichever door the family was opened through. The caller has made sure that they may
 * open it. Audited; most families have no warning, and cost no transaction.
 */
export const readWarnings = async (
  { database, sealer }: { database: Database; sealer: Sealer },
  { familyId, staffId, now }: { familyId: string; staffId: string | undefined; now: Date },
): Promise<SafetyFact[]> => {
  const facts = await safetyFactsInForce(database, { sealer }, { familyId, now })
  if (facts.length === 0) return facts
  return database.transaction((tx) => lookAtSafety(tx, { sealer }, { familyId, by: { staffId }, now }))
}
