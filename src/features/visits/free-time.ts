import type { Region } from '#regions/schema.ts'
import { absencesOf } from '#storage/staff/absences.ts'
import type { Reader } from '#storage/database.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { visitsOfStaff } from '#storage/visits/visit-lists.ts'
import type { Visit } from '#storage/visits/visits.ts'
import { freeSlots } from './visit-slots.ts'
import { minutesOf } from './visit-transitions.ts'

const day = 24 * 60 * 60 * 1000

/** Alternative times for a visit, from the visitor's current schedule. */
export const freeSlotsForVisit = async (
  reader: Reader,
  region: Region,
  { visit, now }: { visit: Pick<Visit, 'id' | 'staffId' | 'startsAt' | 'endsAt'>; now: Date },
): Promise<Date[]> => {
  const staff = await findStaff(reader, visit.staffId)
  if (!staff?.active) return []
  const until = new Date(Math.max(now.getTime() + 16 * day, visit.startsAt.getTime() + 9 * day))
  const planned = await visitsOfStaff(reader, { staffId: staff.id, from: now, until })
  const others = planned.filter(({ id }) => id !== visit.id)
  const absences = await absencesOf(reader, staff.id, now)
  const time = {
    dutyHours: staff.dutyHours,
    visits: others.map(({ startsAt, endsAt }) => ({ from: startsAt, until: endsAt })),
    absences,
  }
  return freeSlots(time, { minutes: minutesOf(visit), now, calendar: region, not: visit.startsAt })
}
