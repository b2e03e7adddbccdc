import { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import { type DutyDay, type DutyHours, type DutyInterval, weekdays } from '#storage/staff/staff.ts'

/** The most intervals a day. */
export const mostIntervals = 6

/** A shorter gap between two intervals is a break of one shift, a longer one parts two shifts (ms). */
const longestBreakMs = 2 * 60 * 60_000

// Weekly hours in the region's time zone: `{ "mon": ["09:00", "18:00"] }`, or with breaks `{ "mon": [["09:00", "13:00"],
// ["14:00", "18:00"]] }`. A missing day is free. An interval that ends no later than it begins ends on the next day.

/** The intervals of a day, in the order in which they are written. */
export const intervalsOf = (hours: DutyHours, name: (typeof weekdays)[number]): readonly DutyInterval[] => {
  const found = hours[name]
  return found === undefined ? [] : isOne(found) ? [found] : found
}

const isOne = (found: DutyDay): found is DutyInterval => typeof found[0] === 'string'

/** A week, and one more: an interval within the hour that a clock change leaves out is not there in that week. */
const longestSearchDays = 14

const weekMinutes = 7 * 24 * 60
const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))

/** A day with an interval that begins before an earlier one has ended, which may be of the night before; null if there is none. */
export const overlappingDay = (hours: DutyHours): (typeof weekdays)[number] | null => {
  const spans = weekdays.flatMap((name, nth) =>
    intervalsOf(hours, name).map(([from, until]) => {
      const start = nth * 24 * 60 + minuteOf(from)
      const end = nth * 24 * 60 + minuteOf(until)
      return { name, start, end: end <= start ? end + 24 * 60 : end }
    }),
  )
  const sorted = spans.toSorted((a, b) => a.start - b.start)
  const [first] = sorted
  const cyclic = first ? [...sorted, { ...first, start: first.start + weekMinutes }] : []
  return cyclic.find(({ start }, nth) => nth > 0 && start < (cyclic[nth - 1]?.end ?? 0))?.name ?? null
}

/** Whether a member is on duty, breaks excluded; `null` hours mean always. */
export const onDuty = (hours: DutyHours | null, now: Date, timeZone: string): boolean =>
  hours === null || spansAround(hours, now, timeZone).some((span) => isIn(span, now))

/** The end of the current shift, breaks left aside; null if the member is off duty, or has a break. */
export const dutyEnd = (hours: DutyHours, now: Date, timeZone: string): Date | null => {
  const spans = spansAround(hours, now, timeZone)
  let at = spans.findIndex((span) => isIn(span, now))
  if (at === -1) return null
  for (;;) {
    const [current, next] = [spans[at], spans[at + 1]]
    if (!current) return null
    if (!next || next.start - current.end > longestBreakMs || next.day !== current.day)
      return new Date(current.end)
    at += 1
  }
}

/** The start of the next interval: now if the member is on duty, null if there are no duty hours. */
export const nextDutyStart = (hours: DutyHours | null, now: Date, timeZone: string): Date | null => {
  if (hours === null || onDuty(hours, now, timeZone)) return now
  const today = dayAt(now, timeZone)
  for (let days = 0; days <= longestSearchDays; days += 1) {
    const next = spansOf(hours, today.add({ days }), timeZone).find(({ start }) => start > now.getTime())
    if (next) return new Date(next.start)
  }
  return null
}

/** When the first interval of a calendar day begins; null if that day is free. */
export const shiftStart = (hours: DutyHours, on: Temporal.PlainDate, timeZone: string): Date | null => {
  const [first] = spansOf(hours, on, timeZone)
  return first ? new Date(first.start) : null
}

/** `day`: on which it begins, as a date. */
type Span = { day: string; start: number; end: number }

const isIn = ({ start, end }: Span, now: Date): boolean => start <= now.getTime() && now.getTime() < end

/** A night shift belongs to the day on which it began. */
const spansAround = (hours: DutyHours, now: Date, timeZone: string): Span[] => {
  const today = dayAt(now, timeZone)
  return [today.subtract({ days: 1 }), today].flatMap((on) => spansOf(hours, on, timeZone))
}

/** Epoch ms, ascending; none where a clock change leaves the whole interval out. */
const spansOf = (hours: DutyHours, on: Temporal.PlainDate, timeZone: string): Span[] =>
  intervalsOf(hours, weekdays[on.dayOfWeek - 1] ?? 'mon')
    .map(([from, until]) => {
      const overNight = Temporal.PlainTime.compare(until, from) <= 0
      return {
        day: on.toString(),
        start: epochMsOf(on, from, timeZone),
        end: epochMsOf(overNight ? on.add({ days: 1 }) : on, until, timeZone),
      }
    })
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start)
