import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Database, Tx } from '#storage/database.ts'
import { findFamily, lockFamily } from '#storage/families/families.ts'
import { findMember } from '#storage/families/family-members.ts'
import { markSafetyCopied, membersWithoutSafety } from '#storage/families/safety-facts.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { bringSafetyFacts } from './push-safety.ts'
import { copySafetyFacts } from './safety-facts.ts'

const atATime = 100

type Deps = { sealer: Sealer; clock: Clock; log: Log }

/** Whether any member is still to be looked at. */
export const isSafetyToCopy = async (database: Database): Promise<boolean> =>
  (await membersWithoutSafety(database, { after: undefined, limit: 1 })).length > 0

/**
 * Copies what joined members said about their safety in their requests, if that has not been done: members from before the
 * facts, and those whom an instance of an earlier version has let in. Each member is a transaction of their own and is
 * marked in it, so the job may be killed and run again, or twice at once. A request that cannot be read is logged, and
 * tried again by the next job. Returns the number of members.
 */
export const copySafety = async (database: Database, deps: Deps): Promise<number> => {
  let count = 0
  let after: string | undefined
  for (;;) {
    const members = await membersWithoutSafety(database, { after, limit: atATime })
    for (const { id, familyId } of members) {
      after = id
      try {
        if (await database.transaction((tx) => copyOne(tx, deps, { id, familyId }))) count += 1
      } catch (error) {
        deps.log.error('safety.not-copied', { family: familyId, error })
      }
    }
    if (members.length < atATime) return count
  }
}

const copyOne = async (
  tx: Tx,
  { sealer, clock }: Deps,
  { id, familyId }: { id: string; familyId: string },
): Promise<boolean> => {
  // The lock keeps staff from adding the same fact meanwhile.
  if (!(await lockFamily(tx, familyId)) || !(await markSafetyCopied(tx, id))) return false
  const [member, family] = [await findMember(tx, id), await findFamily(tx, familyId)]
  const personId = member?.personId
  if (!member || !personId) return false
  const now = clock.now()
  const request = family?.requestId ? await findRequest(tx, family.requestId) : null
  const { id: memberId, role } = member
  if (request?.personId === personId && request.applicant !== 'other-person')
    await copySafetyFacts(tx, { sealer }, { request, familyId, memberId, role, now })
  await bringSafetyFacts(tx, { sealer }, { member, personId, now })
  return true
}
