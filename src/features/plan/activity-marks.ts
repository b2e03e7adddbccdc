import { Temporal } from 'temporal-polyfill'
import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import { privacyOf, secrecy } from '#features/families/audience.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import type { Snapshot } from '#storage/people.ts'
import {
  type ActivityMark,
  type ActivityStatus,
  lockActivity,
  markActivity,
  marksOf,
  setActivityStatus,
} from '#storage/plan/activities.ts'
import type { Sealer } from '#storage/seal.ts'
import type { When } from './plan-document.ts'
import { activityForMember } from './plan-for-member.ts'
import type { Tracked } from './progress.ts'
import { daysOf, latestDay, occurrences } from './recurrence.ts'

// Reports by the family and by staff on whether an activity took place. If they disagree, supervisors are
// notified, but never the curator, who may be one of the two sides.

type Day = Temporal.PlainDate

/** The last day of an activity that is over: the day on which a family can report. */
export const latestReportableDay = (when: When, now: Date, timeZone: string): Day | null => {
  const today = dayAt(now, timeZone)
  const latest = latestDay(when, today)
  if (latest === null || !latest.equals(today)) return latest
  const at = 'at' in when && when.at
  const time = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
  const over = at && Temporal.PlainTime.compare(time, Temporal.PlainTime.from(at)) > 0
  return over ? latest : latestDay(when, today.subtract({ days: 1 }))
}

/**
 * The day under which a report is stored: for a period its last day; null if the activity does not take place
 * then.
 */
const reportedDay = (when: When, on: Day): Day | null => {
  if (when.kind !== 'span') return occurrences(when, on, on)[0] ?? null
  const days = daysOf(when)
  if (!days || Temporal.PlainDate.compare(on, days.first) < 0) return null
  return Temporal.PlainDate.compare(on, days.last) > 0 ? null : days.last
}

type Report = { who: Snapshot | null; activityId: string; on: string; happened: boolean; now: Date }

/**
 * Records a member's report on a day of an activity; it may be changed later. Throws `not-found` as
 * `activityForMember` does, `already-closed`, `invalid-input` if the activity was not to take place on that
 * day, or the day is still to come.
 */
export const reportActivity = async (
  tx: Tx,
  deps: FamilyDeps,
  { who, activityId, on, happened, now }: Report,
): Promise<void> => {
  const { family: own, activity } = await activityForMember(tx, deps.sealer, who, activityId)
  const latest = latestReportableDay(activity.when, now, deps.region.timeZone)
  if (!who || latest?.toString() !== on || activity.status === 'cancelled')
    throw new DomainError('invalid-input')
  // Lock the family before the activity, as staff transitions do.
  const family = await lockFamily(tx, own.id)
  if (!family) throw new DomainError('not-found')
  mustBeActive(family)
  await lockActivity(tx, activityId)
  const marks = await marksOf(tx, activityId)
  const author = who.person.id
  const before = reportBy(marks, on, author)
  if (before === happened) return
  await markActivity(tx, { activityId, on, author, happened, at: now })
  const staff = reportBy(marks, on, 'staff')
  const mismatch = staff !== undefined && staff !== happened
  const said = { activityId, memberId: own.memberId, happened, mismatch }
  const data = { ...said, ...secrecy(activity), ...privacyOf(own) }
  const about = { now, requestId: null, familyId: own.id }
  await announce(tx, deps, { type: 'activity.reported', ...about, data })
  if (mismatch) await notifyMismatch(tx, deps, { family, activityId, now })
}

type StaffReport = { family: Family; activity: Tracked; now: Date }

/**
 * Records the staff's report on a day of an activity. If its last day took place, the activity is done.
 * Throws `invalid-input` (`on`) if the activity was not to take place on that day, or the day is still to
 * come.
 */
export const reportOutcome = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    family,
    activity,
    on,
    happened,
    words,
    now,
  }: StaffReport & { on: string; happened: boolean; words?: string | undefined },
): Promise<void> => {
  const day = Temporal.PlainDate.from(on)
  const kept = reportedDay(activity.when, day)
  const future = Temporal.PlainDate.compare(day, dayAt(now, deps.region.timeZone)) > 0
  if (!kept || future) throw new DomainError('invalid-input', { field: 'on' })
  await saveStaffReport(tx, deps, { family, activity, day: kept, happened, words, now })
  const last = daysOf(activity.when)?.last
  if (happened && last?.equals(kept) && activity.status === 'planned')
    await setActivityStatus(tx, activity.id, 'done')
}

/** Sets the status of an activity. Done implies that it took place on its last day. */
export const changeStatus = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, activity, status, now }: StaffReport & { status: ActivityStatus },
): Promise<void> => {
  if (status === activity.status) return
  await setActivityStatus(tx, activity.id, status)
  const last = daysOf(activity.when)?.last
  const single = activity.when.kind === 'once' || activity.when.kind === 'span'
  if (status === 'done' && single && last)
    await saveStaffReport(tx, deps, { family, activity, day: last, happened: true, now })
}

const saveStaffReport = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    family,
    activity,
    day,
    happened,
    words,
    now,
  }: StaffReport & { day: Day; happened: boolean; words?: string | undefined },
): Promise<void> => {
  const [activityId, on] = [activity.id, day.toString()]
  await lockActivity(tx, activityId)
  const marks = await marksOf(tx, activityId)
  if (reportBy(marks, on, 'staff') === happened) return
  const own = await sealerOf(tx, deps.sealer, { family: family.id })
  const sealed = words === undefined ? null : own.seal(words, markAt(activityId, on))
  await markActivity(tx, { activityId, on, author: 'staff', happened, at: now, words: sealed })
  const mismatch = marks.some(
    (mark) => mark.author !== 'staff' && mark.on === on && mark.happened !== happened,
  )
  if (!mismatch) return
  const data = { activityId, happened, mismatch, ...secrecy(activity) }
  await announce(tx, deps, { type: 'activity.reported', now, requestId: null, familyId: family.id, data })
  await notifyMismatch(tx, deps, { family, activityId, now })
}

const notifyMismatch = (
  tx: Tx,
  deps: FamilyDeps,
  { family, activityId, now }: { family: Family; activityId: string; now: Date },
): Promise<void> => notifyStaff(tx, deps, { family, kind: 'activity-mismatch', subjectId: activityId, now })

const markAt = (activityId: string, on: string): string => `activity_marks.words.${activityId}.${on}`

/** What staff said with a report; null if nothing. */
export const markWords = (sealer: Sealer, { activityId, on, words }: ActivityMark): string | null =>
  typeof words === 'string' ? sealer.open(words, markAt(activityId, on)) : null

/** An author's report on a day; undefined if there is none. */
export const reportBy = (marks: readonly ActivityMark[], on: string, author: string): boolean | undefined =>
  marks.find((mark) => mark.on === on && mark.author === author)?.happened
