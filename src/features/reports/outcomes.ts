import { DomainError } from '#core/errors.ts'
import { caseNow, dayOfMoment } from '#features/cases/case-record.ts'
import type { Actor } from '#features/families/active.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import {
  type CaseOutcome,
  insertOutcome,
  type OutcomeKind,
  outcomesOf,
} from '#storage/reports/case-outcomes.ts'

type Finding = {
  /** Locked in this transaction. */
  family: Family
  kind: OutcomeKind
  answer: boolean
  /** ISO date in the region's zone. */
  on: string
  by: Actor
  now: Date
}

/**
 * Records an answer of the final diagnosis about the present or last episode; another answer takes its place. Also after the end of
 * support. Throws `event-future`.
 */
export const recordOutcome = async (
  tx: Tx,
  { region }: { region: Region },
  { family, kind, answer, on, by, now }: Finding,
): Promise<CaseOutcome[]> => {
  if (on > dayOfMoment(region, now)) throw new DomainError('event-future', { field: 'on' })
  const { episode } = await caseNow(tx, region, family, now)
  const { staffId = null, apiKeyId = null } = by
  await insertOutcome(tx, {
    ...{ familyId: family.id, episodeId: episode.id, kind, answer, day: on, at: now },
    ...{ staffId, apiKeyId },
  })
  return outcomesOf(tx, family.id)
}
