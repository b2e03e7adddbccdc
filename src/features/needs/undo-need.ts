import { DomainError } from '#core/errors.ts'
import type { Actor, FamilyDeps } from '#features/families/active.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { type CaseNeed, knownNeeds } from './case-needs.ts'
import { correctNeed } from './change-needs.ts'

/** For how long whoever has changed a need can take it back by one press (ms): ten seconds, and the time to press. */
const undoForMs = 60_000

/**
 * Takes back one's own last step with a category or circumstance, where nobody has changed it since: what was added never was, and what was
 * ended goes on. It is a correction as any other, with its reason. Throws `not-found`; `already-closed` if it is too late.
 */
export const undoNeed = async (
  tx: Tx,
  deps: Pick<FamilyDeps, 'sealer' | 'region'>,
  given: { family: Family; by: Actor; now: Date; needId: string; reason: string },
): Promise<CaseNeed> => {
  const { family, by, now, needId } = given
  const need = (await knownNeeds(tx, deps, family.id)).needs.find((one) => one.needId === needId)
  if (!need) throw new DomainError('not-found')
  const [last, before] = need.versions.toReversed()
  const mine =
    last !== undefined && last.staffId === by.staffId && now.getTime() - last.at.getTime() <= undoForMs
  if (!mine) throw new DomainError('already-closed')
  if (!before) return correctNeed(tx, deps, { ...given, withdrawn: true })
  if (last.reason !== null) throw new DomainError('already-closed')
  return correctNeed(tx, deps, { ...given, until: before.until })
}
