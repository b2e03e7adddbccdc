import { DomainError } from '#core/errors.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { canSee } from '#features/families/audience.ts'
import { planForMember } from '#features/plan/plan-for-member.ts'
import { findActivity } from '#storage/plan/activities.ts'
import type { Reader } from '#storage/database.ts'
import type { FamilyMembership, Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { findVisit, type Visit } from '#storage/visits/visits.ts'
import type { CalendarEvent } from './calendar-event.ts'
import { activityEvents, type EventOptions, visitEvent } from './family-events.ts'
import { writeCalendar } from './ics-file.ts'

/** Something that a person may add to their calendar. */
export type CalendarItem = { kind: 'visit' | 'activity'; id: string }
type Asked = { who: Snapshot | null } & CalendarItem

/** Throws `not-found`, also for another family's item or one that is hidden from this member. */
export const mustSeeCalendarItem = async (reader: Reader, { who, kind, id }: Asked): Promise<void> => {
  await (kind === 'visit' ? visibleVisit(reader, who, id) : visibleActivity(reader, who, id))
}

/** Renders one visit, or one activity with all its days, as a file. Throws `not-found`. */
export const calendarFile = async (
  reader: Reader,
  { sealer }: { sealer: Sealer },
  { who, kind, id, ...telling }: Asked & EventOptions,
): Promise<string> => {
  const events =
    kind === 'visit'
      ? [await eventOfVisit(reader, sealer, await visibleVisit(reader, who, id), telling)]
      : await eventsOfActivity(reader, sealer, await visibleActivity(reader, who, id), telling)
  const method = events.some(({ cancelled }) => cancelled) ? 'CANCEL' : 'PUBLISH'
  return writeCalendar({ events, timeZone: telling.timeZone, method })
}

const visibleVisit = async (reader: Reader, who: Snapshot | null, id: string): Promise<Visit> => {
  const visit = await findVisit(reader, id)
  if (!visit || !canSee(familyForMember(who, visit.familyId), visit)) throw new DomainError('not-found')
  return visit
}

const visibleActivity = async (reader: Reader, who: Snapshot | null, id: string) => {
  const activity = await findActivity(reader, id)
  if (!activity || activity.removedIn !== null) throw new DomainError('not-found')
  const family = familyForMember(who, activity.familyId)
  if (!canSee(family, activity)) throw new DomainError('not-found')
  return { id, family }
}

const eventOfVisit = async (
  reader: Reader,
  sealer: Sealer,
  visit: Visit,
  telling: EventOptions,
): Promise<CalendarEvent> => {
  const staff = telling.named ? await findStaff(reader, visit.staffId) : null
  return visitEvent(sealer, visit, { ...telling, staffName: staff?.name ?? null })
}

const eventsOfActivity = async (
  reader: Reader,
  sealer: Sealer,
  { id, family }: { id: string; family: FamilyMembership },
  telling: EventOptions,
): Promise<CalendarEvent[]> => {
  const plan = await planForMember(reader, sealer, family)
  const activity = plan?.activities.find((one) => one.id === id)
  const events = plan && activity ? activityEvents(plan, activity, telling) : []
  if (events.length === 0) throw new DomainError('not-found')
  return events
}
