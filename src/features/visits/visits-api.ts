import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import {
  auditFamily,
  familyForCaller,
  lockFamilyForCaller,
  type FamilyAccess,
} from '#features/families/families-api.ts'
import type { FamilyDeps } from '#features/families/active.ts'
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

// What the centre's own systems see of visits, and do with them: the steps are those of the bot.

/** A visit, with whom its curator should be at the same time; of families that the key does not reach a count only. */
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

const showOne = async (reader: Reader, caller: Caller, visit: Visit): Promise<ShownVisit> => {
  const [shown] = await showVisits(reader, caller, [visit])
  if (!shown) throw new DomainError('not-found')
  return shown
}

type OfVisit = FamilyAccess & { visitId: string; now: Date }

/** One visit with what is sealed of it, which is audited. Throws `not-found`. */
export const visitForCaller = async (tx: Tx, { visitId, now, ...of }: OfVisit): Promise<ShownVisit> => {
  const family = await familyForCaller(tx, of)
  const visit = await findVisit(tx, visitId)
  if (visit?.familyId !== family.id) throw new DomainError('not-found')
  await auditFamily(tx, { ...of, now }, 'family.visits')
  return showOne(tx, of.caller, visit)
}

/**
 * Takes a step with a visit, which nobody else changes meanwhile, and shows it as it is then. Throws `not-found`,
 * `stale` where the caller had read another `revision`, and whatever the step does.
 */
export const changeVisitForCaller = async (
  tx: Tx,
  { visitId, now, revision, ...of }: OfVisit & { revision?: number | undefined },
  change: (given: { family: Family; visit: Visit; now: Date }) => Promise<Visit>,
): Promise<ShownVisit> => {
  const family = await lockFamilyForCaller(tx, of)
  const visit = await lockVisitOfFamily(tx, family.id, visitId)
  if (revision !== undefined && revision !== visit.revision) throw new DomainError('stale')
  const changed = await change({ family, visit, now })
  await auditFamily(tx, { ...of, now }, 'family.visits')
  return showOne(tx, of.caller, changed)
}

/** One page of a family's visits. Throws `not-found`. */
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

/** A visit without who comes: that is the family's curator then. */
export type WantedVisit = Omit<PlannedVisit, 'startsAt' | 'staffId'> & { staffId: string | undefined }

/**
 * Keeps one visit, or the whole of a series, of which the family is told once. Throws as `createVisit` does, naming
 * the date of the series that is to blame, and `invalid-input` for `staffId` where the family has no curator.
 */
export const planVisits = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    family,
    visit,
    dates,
    series,
    now,
  }: { family: Family; visit: WantedVisit; dates: readonly Date[]; series: boolean; now: Date },
): Promise<Visit[]> => {
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
          visit: { ...visit, staffId, startsAt },
          ...(series && { seriesId }),
          quietly: startsAt.getTime() !== first,
          now,
        }),
      )
    } catch (cause) {
      if (series && cause instanceof DomainError && cause.field === 'startsAt')
        throw new DomainError(cause.code, { field: `dates/${index}`, cause })
      throw cause
    }
  }
  return planned
}

export type SuggestedDates = { level: SupportLevel; cadence: Sourced<VisitCadence>; dates: Date[] }

/**
 * Dates for a family's next visits, as often as its level allows; they keep the weekday and the hour of `anchor`, or
 * go on after the last visit that is known. Null for a family whose level is not decided yet.
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
  return { level, cadence, dates: suggestDates(cadence.value, { anchor, now: after, count, timeZone }) }
}

const tomorrowAt = (time: string, now: Date, timeZone: string): Date =>
  new Date(epochMsOf(dayAt(now, timeZone).add({ days: 1 }), time, timeZone))
