import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'
import { familyForStaff } from './caseload.ts'
import { addFact, endFact, lookAtSafety, type SafetyFact, type SafetyKind } from './safety-facts.ts'

// Safety facts as staff in charge of the family change them in the bot.

type Deps = { sealer: Sealer }
type As = { staff: Staff | null | undefined; familyId: string; now: Date }

/** The family with its facts in force; audited. Throws `not-found`. */
export const safetyForStaff = async (
  tx: Tx,
  deps: Deps,
  { now, ...of }: As,
): Promise<{ family: Family; facts: SafetyFact[] }> => {
  const family = await familyForStaff(tx, { ...of, now })
  const by = { staffId: of.staff?.id }
  return { family, facts: await lookAtSafety(tx, deps, { familyId: family.id, by, now }) }
}

/** Throws as `addFact` does. */
export const addFactForStaff = async (
  tx: Tx,
  deps: Deps,
  { memberId, kind, ...as }: As & { memberId: string; kind: SafetyKind },
): Promise<void> => {
  await addFact(tx, deps, { ...(await lockedFor(tx, as)), memberId, kind })
}

/** Throws as `endFact` does. */
export const endFactForStaff = async (
  tx: Tx,
  deps: Deps,
  { factId, ...as }: As & { factId: string },
): Promise<void> => {
  await endFact(tx, deps, { ...(await lockedFor(tx, as)), factId })
}

const lockedFor = async (tx: Tx, { now, ...of }: As) => {
  const { id } = await familyForStaff(tx, { ...of, now })
  const family = await lockFamily(tx, id)
  if (!family) throw new DomainError('not-found')
  return { family, by: { staffId: of.staff?.id }, now }
}
