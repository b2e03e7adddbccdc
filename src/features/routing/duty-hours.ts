import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import { type DutyHours, weekdays } from '#storage/staff/staff.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/**
 * Weekly hours by the region's clock: `{ "mon": ["09:00", "18:00"] }`, a day left out is free. Hours that end no later
 * than they begin end on the next day.
 */
export const dutyHoursSchema = z.partialRecord(z.enum(weekdays), z.tuple([time, time]))

/** Whether the member works at that moment; `null` hours are always. */
export const onDuty = (hours: DutyHours | null, now: Date, timeZone: string): boolean =>
  hours === null || dutyEnd(hours, now, timeZone) !== null

/** Until when a member works who does at that moment; null for one who does not. */
export const dutyEnd = (hours: DutyHours, now: Date, timeZone: string): Date | null => {
  const today = dayAt(now, timeZone)
  // A night's hours belong to the day on which they began.
  for (const day of [today.subtract({ days: 1 }), today]) {
    const shift = shiftOf(hours, day, timeZone)
    if (shift && shift.start <= now.getTime() && now.getTime() < shift.end) return new Date(shift.end)
  }
  return null
}

/** The moment at which the member works next: now for one who does, null for one without any hours. */
export const nextDutyStart = (hours: DutyHours | null, now: Date, timeZone: string): Date | null => {
  if (onDuty(hours, now, timeZone)) return now
  const today = dayAt(now, timeZone)
  for (let days = 0; days <= 7; days += 1) {
    const shift = shiftOf(hours ?? {}, today.add({ days }), timeZone)
    if (shift && shift.start > now.getTime()) return new Date(shift.start)
  }
  return null
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
