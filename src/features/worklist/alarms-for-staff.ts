import { workingDayWithin } from '#features/cases/near-day.ts'
import { endOf } from '#features/deadlines/days.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { hadAgendaSince } from '#storage/worklist/agendas.ts'
import { alarmsOf, alarmsToldAt, type WorkAlarm } from '#storage/worklist/work-alarms.ts'
import { familiesActedAt, requestActedAt } from '#storage/worklist/work-clocks.ts'
import { nextLookAt, workingDaysSince } from './follow-up-rules.ts'

/** An alarm as it is told, if it still holds. */
export type AlarmToTell = Pick<WorkAlarm, 'cause' | 'detail' | 'since' | 'level'> & {
  kind: 'request' | 'family'
  /** Of the request or family. */
  id: string
  number: string
  /** Until when to act: a family's term that ends on a day off has to be kept on a working day before. */
  until: Date
  /** Working days without an act. */
  days: number
  /** It was told a working day before, and nothing has come of it. */
  unchanged: boolean
  /** Who is responsible. */
  holder: string | null
}

/** An agenda that began so long before the alarms, or later, has said the same. */
const sameMorningMs = 10 * 60_000

/**
 * What somebody was to be told at a moment and is still so: nobody has acted, the case is open, and no agenda of theirs has
 * said it since.
 */
export const alarmsForStaff = async (
  reader: Reader,
  region: Region,
  { staffId, toldAt, now }: { staffId: string; toldAt: Date; now: Date },
): Promise<AlarmToTell[]> => {
  const found: AlarmToTell[] = []
  const said = await hadAgendaSince(reader, staffId, new Date(toldAt.getTime() - sameMorningMs))
  for (const alarm of await alarmsToldAt(reader, staffId, toldAt)) {
    if (said && alarm.level === 'holder') continue
    const about = await subjectOf(reader, alarm)
    // A term of a family is told until it is met or explained, which ends the alarm.
    const stands = about?.kind === 'family' && alarm.cause !== 'still' && alarm.cause !== 'nobody'
    if (!about || (!stands && about.actedAt !== null && about.actedAt > alarm.at)) continue
    // Given to somebody else meanwhile, who has been told of that.
    if (alarm.level === 'holder' && about.holderId !== staffId) continue
    // Words about this supervisor have come since (ADR 60).
    if (about.holderId !== staffId && about.kept.includes(staffId)) continue
    const holder = about.holderId === null ? null : await findStaff(reader, about.holderId)
    const { cause, detail, since, level } = alarm
    const { kind, id, number } = about
    const days = workingDaysSince(region, since, now)
    const unchanged = await toldBefore(reader, region, alarm)
    const until = kind === 'family' && cause === 'deadline-near' ? toActBy(region, since, now) : since
    found.push({
      ...{ cause, detail, since, until, level, kind, id, number, days, unchanged },
      holder: holder?.name ?? null,
    })
  }
  return found
}

/** Whether somebody was told the same at least a working day earlier. Of what has nobody, and of a stage left out, nobody was. */
const toldBefore = async (reader: Reader, region: Region, alarm: WorkAlarm): Promise<boolean> => {
  const { requestId, familyId, cause, detail, since, at } = alarm
  const subject = requestId === null ? { familyId: familyId ?? '' } : { requestId }
  return (await alarmsOf(reader, subject)).some(
    (one) =>
      one.cause === cause &&
      one.detail === detail &&
      one.since.getTime() === since.getTime() &&
      nextLookAt(region, one.at) <= at,
  )
}

/** No holidays are longer. */
const longestHolidays = 14

const toActBy = (region: Region, end: Date, now: Date): Date => {
  const last = dayAt(end, region.timeZone)
  const day = workingDayWithin(last.subtract({ days: longestHolidays }), last, region)
  const until = new Date(endOf(day, region.timeZone) - 1)
  return until < now ? end : until
}

const subjectOf = async (reader: Reader, { requestId, familyId, detail }: WorkAlarm) => {
  if (requestId !== null) {
    const request = await findRequest(reader, requestId)
    if (request?.status !== 'claimed') return null
    const actedAt = await requestActedAt(reader, requestId)
    return {
      kind: 'request',
      id: requestId,
      number: request.number,
      holderId: request.claimedById,
      kept: await hiddenFromInRequest(reader, requestId),
      actedAt,
    } as const
  }
  const family = familyId === null ? null : await findFamily(reader, familyId)
  // After the end of support nothing is due but to ask how the family is.
  if (!family || (family.status !== 'active' && detail !== 'after-look')) return null
  const actedAt = (await familiesActedAt(reader, [family.id])).get(family.id) ?? null
  const { id, curatorId: holderId } = family
  return {
    kind: 'family',
    id,
    number: String(family.number),
    holderId,
    kept: [] as string[],
    actedAt,
  } as const
}
