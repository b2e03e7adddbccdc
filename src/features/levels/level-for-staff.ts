import { type FamilyDeps, mustBeSeen } from '#features/families/active.ts'
import type { Staff } from '#features/requests/cases.ts'
import { familyForVisitStaff, lockFamilyForStaff } from '#features/visits/visits-for-staff.ts'
import type { Tx } from '#storage/database.ts'
import { familyOfRequest } from '#storage/families/families.ts'
import { decideLevel, type LevelChoice, readLevelDecisions } from './decide-level.ts'

// Signs and levels as whoever is in charge of a family ticks and decides them in the bot.

type As = { staff: Staff | null | undefined; familyId: string; now: Date }

/** The signs that were ticked last; audited. Throws `not-found`. */
export const signsForStaff = async (
  tx: Tx,
  deps: Pick<FamilyDeps, 'sealer'>,
  { staff, familyId, now }: As,
): Promise<{ ticked: string[] }> => {
  await familyForVisitStaff(tx, staff, familyId, now)
  const by = { staffId: staff?.id }
  const last = (await readLevelDecisions(tx, deps.sealer, { familyId, by, now })).at(-1)
  return { ticked: last?.signs ?? [] }
}

/** Throws as `decideLevel` does, and `not-found`. */
export const decideLevelForStaff = async (
  tx: Tx,
  deps: FamilyDeps,
  { staff, familyId, now, revision, ...choice }: As & LevelChoice & { revision?: number | undefined },
): Promise<void> => {
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  mustBeSeen(family, revision)
  await decideLevel(tx, deps, { family, by: { staffId: staff?.id }, now, ...choice })
}

/** Keeps the signs that were ticked before a request was accepted, with its family. */
export const keepSignsOfRequest = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    requestId,
    by,
    now,
    ...choice
  }: LevelChoice & {
    requestId: string
    by: { staffId?: string | undefined; apiKeyId?: string | undefined }
    now: Date
  },
): Promise<void> => {
  const family = await familyOfRequest(tx, requestId)
  if (family) await decideLevel(tx, deps, { family, by, now, ...choice })
}
