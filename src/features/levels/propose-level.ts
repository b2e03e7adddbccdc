import { DomainError } from '#core/errors.ts'
import type { LevelSign, Region } from '#regions/schema.ts'
import { type SupportLevel, supportLevels } from '#storage/families/families.ts'

/** The level that ticked signs propose, and those of them that speak for it. */
export type LevelProposal = { level: SupportLevel; signs: readonly LevelSign[] }

/** The highest level of the ticked signs; null: nothing is ticked. It proposes: a person decides. Pure (Stavropol 4.1). */
export const proposeLevel = (
  { levelSigns }: Pick<Region, 'levelSigns'>,
  ticked: readonly string[],
): LevelProposal | null => {
  const signs = levelSigns.filter(({ code }) => ticked.includes(code))
  const level = supportLevels.findLast((one) => signs.some((sign) => sign.level === one))
  return level ? { level, signs: signs.filter((sign) => sign.level === level) } : null
}

/** Throws `invalid-input` for a sign that the region does not have. */
export const mustBeSigns = ({ levelSigns }: Pick<Region, 'levelSigns'>, ticked: readonly string[]): void => {
  if (!ticked.every((code) => levelSigns.some((sign) => sign.code === code)))
    throw new DomainError('invalid-input', { field: 'signs' })
}

/** Whether the choice needs a word why: another level than the proposed one. Pure. */
export const needsReason = (proposal: LevelProposal | null, level: SupportLevel): boolean =>
  proposal !== null && proposal.level !== level
