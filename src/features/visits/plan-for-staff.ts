import type { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { type SafetyFact, safetyFactsInForce } from '#features/families/safety-facts.ts'
import { defaultAudience } from '#features/families/safety-override.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Family, SupportLevel } from '#storage/families/families.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { listVisits, visitsOfStaff } from '#storage/visits/visit-lists.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { freeSlotsForVisit } from './free-time.ts'
import type { VisitPurpose } from './visit-content.ts'
import { travelMs } from './visit-slots.ts'
import { isAhead, minutesOf, moveVisit } from './visit-transitions.ts'
import { planVisits, suggestVisitDates } from './visits-api.ts'
import {
  familyForVisitStaff,
  lockFamilyForStaff,
  lockVisitForStaff,
  type StaffReader,
} from './visits-for-staff.ts'

// Visits as staff in charge of a family make, move and repeat them in the bot: the same steps as through the API.

type Asking = { staff: StaffReader | null | undefined; familyId: string; now: Date }
type Deps = Pick<FamilyDeps, 'region' | 'sealer'>

type OtherVisit = { startsAt: Date; endsAt: Date; familyNumber: number }

/** What speaks for or against a moment. */
export type MomentFacts = {
  /** The visitor's other visits at that time: hours and the family's number. */
  overlaps: OtherVisit[]
  /** Those between which and this one there is too little time to get there. */
  close: OtherVisit[]
  /** The visitor is absent then. */
  away: boolean
  /** It is no working day. */
  dayOff: boolean
  /** How often the level asks for visits, and how many the same week or month has already; null without a level. */
  cadence: { level: SupportLevel; atMost: number; per: 'week' | 'month'; has: number } | null
}

const usualMinutes = 60

/** Who makes a visit of this family unless somebody else is named: its curator, or whoever plans it if the curator has left. */
const visitorOf = async (
  reader: Reader,
  { curatorId }: Family,
  staff: StaffReader | null | undefined,
): Promise<string> => {
  const curator = curatorId === null ? null : await findStaff(reader, curatorId)
  const id = curator?.active ? curator.id : staff?.id
  if (id === undefined) throw new DomainError('not-found')
  return id
}

export type PlanningFacts = {
  family: Family
  visitor: { id: string; name: string }
  /** Hours to choose from: at the level's frequency, then free ones of the visitor. */
  offered: Date[]
  /** Null: it has to be chosen, because a minor is unsafe at home. */
  audience: ReturnType<typeof defaultAudience>
  /** The minors to whom it may be confidential. */
  unsafe: { id: string }[]
  safety: SafetyFact[]
}

const mostOffered = 8

/** What is offered for a new visit, or for moving one (`visit`). Throws `not-found`. */
export const planningFacts = async (
  reader: Reader,
  deps: Deps,
  { visit, anchor, ...asking }: Asking & { visit?: Visit; anchor?: Date },
): Promise<PlanningFacts> => {
  const { familyId, now, staff } = asking
  const family = await familyForVisitStaff(reader, staff, familyId, now)
  const staffId = visit?.staffId ?? (await visitorOf(reader, family, staff))
  const visitor = await findStaff(reader, staffId)
  const wanted = { count: 2, now, ...(anchor && { anchor }) }
  const regular = visit ? [] : ((await suggestVisitDates(reader, deps, family, wanted))?.dates ?? [])
  const around = visit ?? asIf(staffId, regular[0] ?? now)
  const free = await freeSlotsForVisit(reader, deps.region, { visit: around, now })
  const offered = [...new Set([...regular, ...free].map(Number))]
    .slice(0, mostOffered)
    .map((at) => new Date(at))
  const safety = await safetyFactsInForce(reader, deps, { familyId, now })
  const named = new Set(
    safety.filter(({ kind }) => kind === 'parents-unsafe').map(({ memberId }) => memberId),
  )
  return {
    ...{ family, offered, safety },
    visitor: { id: staffId, name: visitor?.name ?? '' },
    audience: defaultAudience(safety, []),
    unsafe: (await membersOf(reader, familyId)).filter(({ id }) => named.has(id)),
  }
}

const asIf = (staffId: string, startsAt: Date) => ({
  ...{ id: '', staffId, startsAt },
  endsAt: new Date(startsAt.getTime() + usualMinutes * 60_000),
})

/** What speaks for or against a moment; of a visit that moves, itself does not count. */
export const momentFacts = async (
  reader: Reader,
  { region }: Deps,
  {
    family,
    staffId,
    startsAt,
    visit,
  }: { family: Family; staffId: string; startsAt: Date; visit: Visit | null },
): Promise<MomentFacts> => {
  const minutes = visit ? minutesOf(visit) : usualMinutes
  const until = new Date(startsAt.getTime() + minutes * 60_000)
  const from = new Date(startsAt.getTime() - travelMs)
  const around = { staffId, from, until: new Date(until.getTime() + travelMs) }
  const others = (await visitsOfStaff(reader, around)).filter(({ id }) => id !== visit?.id)
  const isOver = (one: OtherVisit) => one.startsAt < until && one.endsAt > startsAt
  const facts = {
    overlaps: others.filter(isOver),
    close: others.filter((one) => !isOver(one)),
    away: (await absentAt(reader, startsAt)).has(staffId),
    dayOff: !isWorkingDay(dayAt(startsAt, region.timeZone), region),
  }
  const { level } = family
  if (level === null) return { ...facts, cadence: null }
  const { atMost, per } = region.visitCadence[level].value
  const [since, end] = periodOf(startsAt, per, region.timeZone)
  const statuses = ['planned', 'done'] as const
  const same = await listVisits(reader, { familyId: family.id, since, until: end, statuses }, { limit: 50 })
  const has = same.filter(({ id }) => id !== visit?.id).length
  return { ...facts, cadence: { level, atMost, per, has } }
}

const periodOf = (instant: Date, per: 'week' | 'month', timeZone: string): [Date, Date] => {
  const day = dayAt(instant, timeZone)
  const first = per === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 })
  const last = per === 'week' ? first.add({ weeks: 1 }) : first.add({ months: 1 })
  const start = (one: Temporal.PlainDate) => new Date(one.toZonedDateTime({ timeZone }).epochMilliseconds)
  return [start(first), start(last)]
}

/** A new visit, or several at the level's frequency; the family is told once. Throws as `planVisits` does. */
export const planVisitsForStaff = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    startsAt,
    count,
    purpose,
    audience,
    memberIds,
    place,
    ...asking
  }: Asking & {
    startsAt: Date
    count: number
    purpose: VisitPurpose
    audience: 'family' | 'confidential' | undefined
    memberIds: string[]
    /** Null: at home. */
    place: string | null
  },
): Promise<Visit[]> => {
  const { staff, familyId, now } = asking
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  const dates = await datesFrom(tx, deps, { family, startsAt, count, now })
  const planned = await planVisits(tx, deps, {
    ...{ family, dates, now, by: { staffId: staff?.id } },
    series: dates.length > 1,
    visit: {
      ...{ purpose, audience, memberIds, minutes: usualMinutes, reason: undefined },
      content: { place, note: null },
      staffId: await visitorOf(tx, family, staff),
    },
  })
  await addAudit(tx, { at: now, action: 'family.visits', familyId, ...(staff && { staffId: staff.id }) })
  return planned
}

/** The moment, and the dates that follow it at the level's frequency. */
export const datesFrom = async (
  reader: Reader,
  deps: Pick<FamilyDeps, 'region'>,
  { family, startsAt, count, now }: { family: Family; startsAt: Date; count: number; now: Date },
): Promise<Date[]> => {
  if (count === 1) return [startsAt]
  const found = await suggestVisitDates(reader, deps, family, { anchor: startsAt, count, now })
  const later = (found?.dates ?? []).filter((date) => date > startsAt)
  return [startsAt, ...later].slice(0, count)
}

/** Moves a visit to another hour. Returns null if it has changed since `version`. Throws as `moveVisit` does. */
export const moveVisitForStaff = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    staff,
    visitId,
    version,
    startsAt,
    now,
  }: {
    staff: StaffReader | null | undefined
    visitId: string
    version: number
    startsAt: Date
    now: Date
  },
): Promise<Visit | null> => {
  const { visit, family } = await lockVisitForStaff(tx, staff, visitId, now)
  if (!isAhead(visit, now) || visit.version !== version || startsAt <= now) return null
  return moveVisit(tx, deps, { family, visit, to: { startsAt }, by: { staffId: staff?.id }, now })
}
