import { Temporal } from 'temporal-polyfill'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import type { Calendar } from '#regions/days-off.ts'
import type { VisitCadence } from '#regions/schema.ts'

// Days are calendar days in the region's time zone, so that clock changes do not move visits: ten o'clock
// stays ten o'clock.

type Day = Temporal.PlainDate
type Series = {
  /** Sets the weekday and the time; it is the first date itself if it is after `now` and a working day. */
  anchor: Date
  now: Date
  count: number
  calendar: Calendar
}

/** How far ahead to search, in weeks. */
const mostWeeks = 104

/**
 * Suggests dates for visits at the highest frequency of the level, at the anchor's time, on its weekday or on
 * days spread evenly around it. A day off is replaced by the nearest working day of its week or month; a week
 * without working days is skipped. Ascending; fewer than `count` if two years hold no more.
 */
export const suggestDates = (
  { atMost, per }: Pick<VisitCadence, 'atMost' | 'per'>,
  { anchor, now, count, calendar }: Series,
): Date[] => {
  const { timeZone } = calendar
  const local = Temporal.Instant.fromEpochMilliseconds(anchor.getTime()).toZonedDateTimeISO(timeZone)
  const time = local.toPlainTime().toString()
  const first = local.toPlainDate()
  const dates: Date[] = []
  for (const days of per === 'week' ? weeks(first, atMost, calendar) : months(first, atMost, calendar)) {
    for (const day of days) {
      if (Temporal.PlainDate.compare(day, first) < 0) continue
      const moment = new Date(epochMsOf(day, time, timeZone))
      if (moment > now) dates.push(moment)
      if (dates.length === count) return dates
    }
  }
  return dates
}

/**
 * Weekdays (1 to 5) for two or three visits a week, spaced as far apart as possible, by the first one's
 * weekday.
 */
const spread: Readonly<Record<number, readonly [two: readonly number[], three: readonly number[]]>> = {
  1: [
    [1, 4],
    [1, 3, 5],
  ],
  2: [
    [2, 5],
    [2, 4, 5],
  ],
  3: [
    [1, 3],
    [1, 3, 5],
  ],
  4: [
    [1, 4],
    [1, 2, 4],
  ],
  5: [
    [2, 5],
    [1, 3, 5],
  ],
}

function* weeks(first: Day, times: number, calendar: Calendar): Generator<Day[]> {
  const monday = first.subtract({ days: first.dayOfWeek - 1 })
  // A working Saturday does not recur weekly.
  const weekday = Math.min(first.dayOfWeek, 5)
  const [two, three] = spread[weekday] ?? [[], []]
  const wanted = times === 1 ? [weekday] : times === 2 ? two : three
  for (let week = 0; week < mostWeeks; week += 1) {
    const start = monday.add({ weeks: week })
    const asked = week === 0 && times === 1 ? [first.dayOfWeek] : wanted
    yield onWorkingDays(
      asked.map((day) => start.add({ days: day - 1 })),
      Array.from({ length: 7 }, (_, days) => start.add({ days })),
      calendar,
    )
  }
}

/** The same weekday of each month, with the second visit two weeks later: the first and third Wednesday. */
function* months(first: Day, times: number, calendar: Calendar): Generator<Day[]> {
  const weekday = Math.min(first.dayOfWeek, 5)
  const nth = Math.min(Math.ceil(first.day / 7), 4)
  const wanted = times === 1 ? [nth] : [nth, nth > 2 ? nth - 2 : nth + 2].sort()
  for (let month = 0; month < mostWeeks / 4; month += 1) {
    const start = first.with({ day: 1 }).add({ months: month })
    const days = Array.from({ length: start.daysInMonth }, (_, index) => start.add({ days: index }))
    const same = days.filter(({ dayOfWeek }) => dayOfWeek === weekday)
    yield onWorkingDays(
      wanted.flatMap((n) => same[n - 1] ?? []),
      days,
      calendar,
    )
  }
}

/** The wanted days, with days off replaced by the nearest free working day among `days`. */
const onWorkingDays = (wanted: readonly Day[], days: readonly Day[], calendar: Calendar): Day[] => {
  const isOpen = (day: Day) => isWorkingDay(day, calendar)
  const working = days.filter(isOpen)
  const isOn = (day: Day) => wanted.some((one) => one.equals(day))
  const taken = wanted.filter(isOpen)
  for (const day of wanted.filter((one) => !isOpen(one))) {
    const distance = (one: Day) => Math.abs(day.until(one).days)
    const [nearest] = working
      .filter((one) => !isOn(one) && !taken.some((other) => other.equals(one)))
      .sort((a, b) => distance(a) - distance(b))
    if (nearest) taken.push(nearest)
  }
  return taken.sort(Temporal.PlainDate.compare)
}
