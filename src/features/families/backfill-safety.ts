import type { Clock } from '#core/clock.ts'
import type { Database } from '#storage/database.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { familiesWithoutSafety, markSafetyCopied } from '#storage/families/safety-facts.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { copySafetyFacts } from './safety-facts.ts'

const atATime = 100

/**
 * Copies the safety facts of families that were accepted before these were kept with the family. Runs when the app
 * starts: the answers are sealed, so a migration cannot do it. Returns the number of families.
 */
export const backfillSafety = async (
  database: Database,
  { sealer, clock }: { sealer: Sealer; clock: Clock },
): Promise<number> => {
  let count = 0
  for (;;) {
    const families = await familiesWithoutSafety(database, atATime)
    for (const { id, requestId } of families)
      await database.transaction(async (tx) => {
        if (!(await markSafetyCopied(tx, id))) return
        const request = await findRequest(tx, requestId)
        const applicant = (await membersOf(tx, id)).find(({ personId }) => personId === request?.personId)
        if (!request || !applicant) return
        const { id: memberId, role } = applicant
        await copySafetyFacts(tx, { sealer }, { request, familyId: id, memberId, role, now: clock.now() })
        count += 1
      })
    if (families.length < atATime) return count
  }
}
