import { sha256 } from '#core/ids.ts'
import type { Texts } from '#core/text.ts'
import { canSee } from '#features/families/audience.ts'
import { planForMember } from '#features/plan/plan-for-member.ts'
import type { Region } from '#regions/schema.ts'
import { calendarOwner } from '#storage/calendar/calendar-links.ts'
import type { Database } from '#storage/database.ts'
import { type FamilyMembership, findSnapshotOf } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { membersById } from '#storage/staff/staff-lists.ts'
import { visitsSince } from '#storage/visits/visits.ts'
import type { CalendarEvent } from './calendar-event.ts'
import { activityEvents, type EventOptions, visitEvent } from './family-events.ts'
import { writeCalendar } from './ics-file.ts'

type Deps = { database: Database; sealer: Sealer; texts: Texts; region: Pick<Region, 'timeZone'> }

const keptMs = 30 * 24 * 60 * 60 * 1000
/** Per family: more than ten years of weekly visits. */
const mostVisits = 600
const refreshSeconds = 4 * 60 * 60

/**
 * The calendar of everything that the link's owner may see in their families: visits since thirty days ago,
 * cancelled ones marked as such, and the days of the plan's activities. Null if the token is unknown or
 * revoked, or its owner is in no family any more, without telling which.
 */
export const calendarFeed = async (deps: Deps, token: string, now: Date): Promise<string | null> => {
  const owner = await calendarOwner(deps.database, sha256(token))
  const who = owner && (await findSnapshotOf(deps.database, owner.personId))
  if (!owner || !who || who.families.length === 0) return null
  const { timeZone } = deps.region
  const say = deps.texts.for(who.person.language, who.person.address)
  const telling = { say, timeZone, named: owner.named }
  const events: CalendarEvent[] = []
  // Empty while the chat is hidden: a calendar of the phone tells as much.
  for (const family of who.hidden ? [] : who.families) {
    events.push(...(await visitsOf(deps, family, telling, now)))
    events.push(...(await activitiesOf(deps, family, telling)))
  }
  const feed = { name: say.label('calendar.name'), refreshSeconds }
  return writeCalendar({ events, timeZone, method: 'PUBLISH', feed })
}

const visitsOf = async (
  { database, sealer }: Deps,
  family: FamilyMembership,
  telling: EventOptions,
  now: Date,
): Promise<CalendarEvent[]> => {
  const since = new Date(now.getTime() - keptMs)
  const found = await visitsSince(database, { familyId: family.id, since, limit: mostVisits })
  const visits = found.filter((visit) => canSee(family, visit))
  const ids = telling.named ? [...new Set(visits.map(({ staffId }) => staffId))] : []
  const names = new Map((await membersById(database, ids)).map(({ id, name }) => [id, name]))
  return visits.map((visit) =>
    visitEvent(sealer, visit, { ...telling, staffName: names.get(visit.staffId) ?? null }),
  )
}

const activitiesOf = async (
  { database, sealer }: Deps,
  family: FamilyMembership,
  telling: EventOptions,
): Promise<CalendarEvent[]> => {
  const plan = await planForMember(database, sealer, family)
  return plan ? plan.activities.flatMap((activity) => activityEvents(plan, activity, telling)) : []
}
