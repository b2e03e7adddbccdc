import { DomainError } from '#core/errors.ts'
import { lockFamilyForStaff } from '#features/visits/visits-for-staff.ts'
import type { Staff } from '#features/requests/cases.ts'
import { caseNow, dayOfMoment } from '#features/cases/case-record.ts'
import type { Actor } from '#features/families/active.ts'
import { countsOvercame } from '#regions/registers/index.ts'
import { reportFormOf } from '#regions/reports/index.ts'
import type { Region } from '#regions/schema.ts'
import { lastEpisode } from '#storage/cases/episodes.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { addAudit } from '#storage/staff/audit.ts'
import {
  type CaseOutcome,
  insertOutcome,
  outcomeKinds,
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

/** What the final diagnosis is asked in this region: what its report or its results count. */
export const outcomesCounted = ({ code, registers }: Region): readonly OutcomeKind[] =>
  reportFormOf(code) ? outcomeKinds : countsOvercame(registers) ? ['overcame'] : []

/** What the final diagnosis of the present or last episode found: of each kind the last answer, if it is yes. */
export const outcomesFound = async (reader: Reader, familyId: string): Promise<CaseOutcome[]> => {
  const episode = await lastEpisode(reader, familyId)
  const here = (await outcomesOf(reader, familyId)).filter(({ episodeId }) => episodeId === episode?.id)
  return outcomeKinds.flatMap((kind) => {
    const last = here.findLast((one) => one.kind === kind)
    return last?.answer ? [last] : []
  })
}

/** What was found, or not, by whoever is in charge of the family. Throws `not-found` for anybody else, and as `recordOutcome` does. */
export const recordOwnOutcome = async (
  tx: Tx,
  deps: { region: Region },
  {
    staff,
    familyId,
    kind,
    answer,
    on,
    now,
  }: {
    staff: Staff | null | undefined
    familyId: string
    kind: OutcomeKind
    answer: boolean
    on: string
    now: Date
  },
): Promise<void> => {
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  const staffId = staff?.id
  await addAudit(tx, { at: now, action: 'family.changed', familyId, ...(staffId && { staffId }) })
  await recordOutcome(tx, deps, { family, kind, answer, on, by: { staffId }, now })
}
