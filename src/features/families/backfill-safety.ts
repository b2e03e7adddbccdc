import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Database, Tx } from '#storage/database.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { familiesWithoutSafety, markSafetyCopied } from '#storage/families/safety-facts.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { copySafetyFacts } from './safety-facts.ts'

const atATime = 100

type Deps = { sealer: Sealer; clock: Clock; log: Log }

/**
 * Copies the safety facts of families that were accepted before these were kept with the family. Runs when the app
 * starts: the answers are sealed, so a migration cannot do it. A request that cannot be read is logged and tried again at
 * the next start. Returns the number of families.
 */
export const backfillSafety = async (database: Database, deps: Deps): Promise<number> => {
  let count = 0
  let after: string | undefined
  for (;;) {
    const families = await familiesWithoutSafety(database, { after, limit: atATime })
    for (const family of families) {
      after = family.id
      try {
        if (await database.transaction((tx) => copyOne(tx, deps, family))) count += 1
      } catch (error) {
        deps.log.error('safety.not-copied', { family: family.id, error })
      }
    }
    if (families.length < atATime) return count
  }
}

const copyOne = async (
  tx: Tx,
  { sealer, clock }: Deps,
  { id, requestId }: { id: string; requestId: string },
): Promise<boolean> => {
  // Another instance may be doing the same.
  if (!(await markSafetyCopied(tx, id))) return false
  const request = await findRequest(tx, requestId)
  const applicant = (await membersOf(tx, id)).find(({ personId }) => personId === request?.personId)
  if (!request || !applicant) return false
  const { id: memberId, role } = applicant
  await copySafetyFacts(tx, { sealer }, { request, familyId: id, memberId, role, now: clock.now() })
  return true
}
