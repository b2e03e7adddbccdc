import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import {
  auditFamily,
  familyForCaller,
  lockFamilyForCaller,
  safetyForCaller,
  type FamilyAccess,
} from '#features/families/families-api.ts'
import { type SafetyFact, safetyFactsInForce } from '#features/families/safety-facts.ts'
import {
  defaultAudience,
  overrideWarnings,
  warningsAgainstAudience,
} from '#features/families/safety-override.ts'
import type { Audience } from '#features/families/audience.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Actor, FamilyDeps } from '#features/families/active.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { SupportLevel, VisitCadence, Sourced } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { type MembersAnswer, membersAnswers } from '#storage/visits/visit-answers.ts'
import {
  lastVisitAt,
  listVisits,
  type Overlap,
  overlapsOf,
  type VisitCursor,
} from '#storage/visits/visit-lists.ts'
import { findVisit, type Visit, type VisitStatus } from '#storage/visits/visits.ts'
import { suggestDates } from './cadence.ts'
import { lockVisitOfFamily } from './visits-for-staff.ts'
import { createVisit, type PlannedVisit } from './visit-transitions.ts'

// Visits as API keys see and change them, by the same steps as in the bot.

/**
 * A visit with the visits that overlap it; of families that the key does not reach only the number
 * (`elsewhere`).
 */
export type ShownVisit = {
  visit: Visit
  overlaps: Overlap[]
  elsewhere: number
  answers: MembersAnswer[]
}

export const showVisits = async (
  reader: Reader,
  caller: Caller,
  visits: readonly Visit[],
): Promise<ShownVisit[]> => {
  const [first] = visits
  if (!first) return []
  const visitIds = visits.map(({ id }) => id)
  const overlaps = await overlapsOf(reader, visitIds)
  const answers = await membersAnswers(reader, { familyId: first.familyId, visitIds })
  return visits.map((visit) => {
    const own = overlaps.filter(({ of }) => of === visit.id)
    const seen = own.filter(({ territory }) => reachesTerritory(caller, territory))
    return {
      visit,
      overlaps: seen,
      elsewhere: own.length - seen.length,
      answers: answers.filter(({ visitId }) => visitId === visit.id),
    }
  })
}

/** With what staff must know before they go there. */
export type OpenedVisit = ShownVisit & { safety: SafetyFact[] }

const showOne = async (
  tx: Tx,
  sealer: Sealer,
  { visit, now, ...of }: FamilyAccess & { visit: Visit; now: Date },
): Promise<OpenedVisit> => {
  const [shown] = await showVisits(tx, of.caller, [visit])
  if (!shown) throw new DomainError('not-found')
  return { ...shown, safety: await safetyForCaller(tx, sealer, { ...of, now }) }
}

type OfVisit = FamilyAccess & { visitId: string; now: Date }

/** A visit with its sealed content, which is audited. Throws `not-found`. */
export const visitForCaller = async (
  tx: Tx,
  sealer: Sealer,
  { visitId, now, ...of }: OfVisit,
): Promise<OpenedVisit> => {
  const family = await familyForCaller(tx, of)
  const visit = await findVisit(tx, visitId)
  if (visit?.familyId !== family.id) throw new DomainError('not-found')
  await auditFamily(tx, { ...of, now }, 'family.visits')
  return showOne(tx, sealer, { ...of, visit, now })
}

/**
 * Changes a locked visit and shows the result. Throws `not-found`; `stale` if `revision` is given and
 * outdated; and whatever the change throws.
 */
export const changeVisitForCaller = async (
  tx: Tx,
  sealer: Sealer,
  { visitId, now, revision, ...of }: OfVisit & { revision?: number | undefined },
  change: (given: { family: Family; visit: Visit; now: Date }) => Promise<Visit>,
): Promise<OpenedVisit> => {
  const family = await lockFamilyForCaller(tx, of)
  const visit = await lockVisitOfFamily(tx, family.id, visitId)
  if (revision !== undefined && revision !== visit.revision) throw new DomainError('stale')
  const changed = await change({ family, visit, now })
  await auditFamily(tx, { ...of, now }, 'family.visits')
  return showOne(tx, sealer, { ...of, visit: changed, now })
}

/** A page of a family's visits. Throws `not-found`. */
export const visitsForCaller = async (
  reader: Reader,
  { caller, id }: FamilyAccess,
  filter: {
    since?: Date | undefined
    until?: Date | undefined
    statuses?: readonly VisitStatus[] | undefined
  },
  { after, limit }: { after: VisitCursor | undefined; limit: number },
): Promise<{ items: ShownVisit[]; next: VisitCursor | null }> => {
  const family = await familyForCaller(reader, { caller, id })
  const found = await listVisits(reader, { familyId: family.id, ...filter }, { after, limit: limit + 1 })
  const visits = found.slice(0, limit)
  const next = found.length > limit ? (visits.at(-1) ?? null) : null
  return { items: await showVisits(reader, caller, visits), next }
}

/** A visit whose visitor defaults to the family's curator. */
export type WantedVisit = Omit<PlannedVisit, 'startsAt' | 'staffId' | 'audience'> & {
  staffId: string | undefined
  /** Undefined: see `defaultAudience`. */
  audience: Audience | undefined
  /** Why adults may see what is for a minor who said that home is unsafe. */
  reason: string | undefined
}

/**
 * Creates one visit or a whole series, of which the family is notified once. Throws as `createVisit` does,
 * naming the invalid date of a series; `invalid-input` for `staffId` if the family has no curator, and for
 * `audience` if it has to be chosen; `safety-unacknowledged` as `overrideWarnings` does.
 */
export const planVisits = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    family,
    visit: { reason, ...visit },
    dates,
    series,
    by,
    now,
  }: {
    family: Family
    visit: WantedVisit
    dates: readonly Date[]
    series: boolean
    by: Actor
    now: Date
  },
): Promise<Visit[]> => {
  const facts = await safetyFactsInForce(tx, deps, { familyId: family.id, now })
  const audience = visit.audience ?? defaultAudience(facts, visit.memberIds)
  if (audience === null) throw new DomainError('invalid-input', { field: 'audience' })
  const staffId = visit.staffId ?? family.curatorId
  if (staffId === null) throw new DomainError('invalid-input', { field: 'staffId' })
  const seriesId = newId()
  const first = Math.min(...dates.map((date) => date.getTime()))
  const planned: Visit[] = []
  for (const [index, startsAt] of dates.entries()) {
    try {
      planned.push(
        await createVisit(tx, deps, {
          family,
          visit: { ...visit, audience, staffId, startsAt },
          ...(series && { seriesId }),
          quietly: startsAt.getTime() !== first,
          by,
          now,
        }),
      )
    } catch (cause) {
      if (series && cause instanceof DomainError && cause.field === 'startsAt')
        throw new DomainError(cause.code, { field: `dates/${index}`, cause })
      throw cause
    }
  }
  const warnings = warningsAgainstAudience(facts, { ...visit, audience })
  const subjectId = planned[0]?.id ?? null
  const step = { familyId: family.id, kind: 'audience', subjectId, reason, by, now } as const
  await overrideWarnings(tx, deps, warnings, step)
  return planned
}

export type SuggestedDates = { level: SupportLevel; cadence: Sourced<VisitCadence>; dates: Date[] }

/**
 * Suggests dates for a family's next visits at the frequency of its level. They keep the weekday and time of
 * `anchor`, or continue from the last known visit. Null if the family has no level yet.
 */
export const suggestVisitDates = async (
  reader: Reader,
  { region }: Pick<FamilyDeps, 'region'>,
  family: Family,
  { count, now, ...wanted }: { anchor?: Date; count: number; level?: SupportLevel; now: Date },
): Promise<SuggestedDates | null> => {
  const level = wanted.level ?? family.level
  if (level === null) return null
  const { timeZone } = region
  const last = wanted.anchor ? null : await lastVisitAt(reader, family.id)
  const anchor = wanted.anchor ?? last ?? tomorrowAt('10:00', now, timeZone)
  const after = last && last > now ? last : now
  const cadence = region.visitCadence[level]
  return {
    level,
    cadence,
    dates: suggestDates(cadence.value, { anchor, now: after, count, calendar: region }),
  }
}

const tomorrowAt = (time: string, now: Date, timeZone: string): Date =>
  new Date(epochMsOf(dayAt(now, timeZone).add({ days: 1 }), time, timeZone))
