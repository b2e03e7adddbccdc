import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import { type DutyHours, weekdays } from '#storage/staff/staff.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/**
 * Weekly hours in the region's time zone: `{ "mon": ["09:00", "18:00"] }`. A missing day is free. Hours that
 * end no later than they begin end on the next day.
 */
export const dutyHoursSchema = z.partialRecord(z.enum(weekdays), z.tuple([time, time]))

/** Whether a member is on duty; `null` hours mean always. */
export const onDuty = (hours: DutyHours | null, now: Date, timeZone: string): boolean =>
  hours === null || dutyEnd(hours, now, timeZone) !== null

/** The end of the current shift; null if the member is off duty. */
export const dutyEnd = (hours: DutyHours, now: Date, timeZone: string): Date | null => {
  const today = dayAt(now, timeZone)
  // A night shift belongs to the day on which it began.
  for (const day of [today.subtract({ days: 1 }), today]) {
    const shift = shiftOf(hours, day, timeZone)
    if (shift && shift.start <= now.getTime() && now.getTime() < shift.end) return new Date(shift.end)
  }
  return null
}

/** The start of the next shift: now if the member is on duty, null if there are no duty hours. */
export const nextDutyStart = (hours: DutyHours | null, now: Date, timeZone: string): Date | null => {
  if (onDuty(hours, now, timeZone)) return now
  const today = dayAt(now, timeZone)
  for (let days = 0; days <= 7; days += 1) {
    const shift = shiftOf(hours ?? {}, today.add({ days }), timeZone)
    if (shift && shift.start > now.getTime()) return new Date(shift.start)
  }
  return null
}

/** When the shift of a calendar day begins; null if that day is free. */
export const shiftStart = (hours: DutyHours, day: Temporal.PlainDate, timeZone: string): Date | null => {
  const shift = shiftOf(hours, day, timeZone)
  return shift && new Date(shift.start)
}

const shiftOf = (hours: DutyHours, day: Temporal.PlainDate, timeZone: string) => {
  const found = hours[weekdays[day.dayOfWeek - 1] ?? 'mon']
  if (!found) return null
  const [from, until] = found
  const overNight = Temporal.PlainTime.compare(until, from) <= 0
  return {
    start: epochMsOf(day, from, timeZone),
    end: epochMsOf(overNight ? day.add({ days: 1 }) : day, until, timeZone),
  }
}
