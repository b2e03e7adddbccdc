import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { type Actor, type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import { changeLevel } from '#features/families/family-transitions.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family, SupportLevel } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import {
  insertLevelDecision,
  levelDecisionsOf,
  type StoredLevelDecision,
} from '#storage/levels/level-decisions.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { mustBeSigns, needsReason, proposeLevel } from './propose-level.ts'

/** Maximum length of why another level was chosen, in characters. */
export const longestLevelReason = 500

export type LevelDecision = Omit<StoredLevelDecision, 'signs' | 'id' | 'familyId'> & { signs: string[] }

export type LevelChoice = {
  /** Codes of the signs that staff ticked. */
  signs: readonly string[]
  level: SupportLevel
  /** Why another level than the signs propose. */
  reason?: string | undefined
}

/**
 * Keeps which signs were found, what they propose and what was chosen, and sets the level. The same choice again changes nothing.
 * Throws `invalid-input` for a sign of another region, and without a word why the level is another one; `already-closed`.
 */
export const decideLevel = async (
  tx: Tx,
  deps: FamilyDeps,
  given: { family: Family; by: Actor; now: Date } & LevelChoice,
): Promise<LevelDecision> => {
  const { family, signs, level, by, now } = given
  mustBeActive(family)
  mustBeSigns(deps.region, signs)
  const proposal = proposeLevel(deps.region, signs)
  const differs = needsReason(proposal, level)
  if (differs && given.reason === undefined) throw new DomainError('invalid-input', { field: 'reason' })
  const reason = differs ? (given.reason ?? null) : null
  const ticked = deps.region.levelSigns.map(({ code }) => code).filter((code) => signs.includes(code))
  const before = (await levelDecisions(tx, deps.sealer, family.id)).at(-1)
  if (before && family.level === level && isSame(before, { level, reason, signs: ticked })) return before
  const id = newId()
  const own = await sealerOf(tx, deps.sealer, { family: family.id })
  const kept = { proposed: proposal?.level ?? null, level, at: now, ...authorOf(by) }
  await insertLevelDecision(tx, {
    ...{ ...kept, id, familyId: family.id },
    signs: own.sealJson(ticked, `level_decisions.signs.${id}`),
    reason: reason === null ? null : own.seal(reason, `level_decisions.reason.${id}`),
  })
  await addAudit(tx, { at: now, action: 'family.level-changed', familyId: family.id, ...authorOf(by) })
  await changeLevel(tx, deps, { family, level, by, now })
  return { ...kept, signs: ticked, reason }
}

const authorOf = ({ staffId, apiKeyId }: Actor) => ({
  staffId: staffId ?? null,
  apiKeyId: apiKeyId ?? null,
})

const isSame = (
  one: Pick<LevelDecision, 'level' | 'reason' | 'signs'>,
  other: Pick<LevelDecision, 'level' | 'reason' | 'signs'>,
): boolean =>
  one.level === other.level && one.reason === other.reason && one.signs.join() === other.signs.join()

/** Oldest first. The caller audits the access. */
const levelDecisions = async (reader: Reader, sealer: Sealer, familyId: string): Promise<LevelDecision[]> =>
  (await levelDecisionsOf(reader, familyId)).map(({ id, signs, reason, familyId: _, ...rest }) => ({
    ...rest,
    signs: z.array(z.string()).parse(sealer.openJson(signs, `level_decisions.signs.${id}`, [])),
    reason: reason && sealer.open(reason, `level_decisions.reason.${id}`),
  }))

/** The decisions about a family, for whoever may open it; audited. */
export const readLevelDecisions = async (
  tx: Tx,
  sealer: Sealer,
  { familyId, by, now }: { familyId: string; by: Actor; now: Date },
): Promise<LevelDecision[]> => {
  await addAudit(tx, { at: now, action: 'family.level', familyId, ...authorOf(by) })
  return levelDecisions(tx, sealer, familyId)
}

/** Whether the signs that were ticked last propose another level than this one, which then needs a word why. */
export const contradictsSigns = async (
  reader: Reader,
  family: Pick<Family, 'id'>,
  level: SupportLevel,
): Promise<boolean> => {
  const last = (await levelDecisionsOf(reader, family.id)).at(-1)
  return last !== undefined && last.proposed !== null && last.proposed !== level && last.level !== level
}
