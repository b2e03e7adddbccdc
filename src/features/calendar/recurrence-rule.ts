import { Temporal } from 'temporal-polyfill'
import type { When } from '#features/plan/plan-document.ts'
import { daysOf, occurrences } from '#features/plan/recurrence.ts'
import type { CalendarWhen } from './calendar-event.ts'

type Day = Temporal.PlainDate
type Monthly = Extract<When, { kind: 'monthly' }>

/** One calendar entry; `part` distinguishes entries of the same activity. */
type Entry = { part: string; when: CalendarWhen }

/**
 * The calendar entries of an activity, matching the days of `occurrences` exactly; empty if it never takes
 * place. Something to be done within a period covers all its days. For a monthly activity on the 29th or
 * 30th, the last day of February is a separate entry, because calendars misread the rule that would combine
 * them (BYSETPOS).
 */
export const calendarEntries = (when: When, timeZone: string): Entry[] => {
  const days = daysOf(when)
  if (!days) return []
  const { first, last } = days
  if (when.kind === 'once') return [{ part: '', when: placed(when, timeZone, first) }]
  if (when.kind === 'span')
    return [{ part: '', when: { kind: 'days', start: first, end: last.add({ days: 1 }), busy: false } }]
  if (when.kind === 'weekly')
    return [{ part: '', when: repeated(weeklyRule(when), when.at, timeZone, { first, last }) }]
  return monthly(when, timeZone, occurrences(when, first, last))
}

const monthly = (when: Monthly, timeZone: string, days: readonly Day[]): Entry[] => {
  // The 31st means the last day of each month, which every calendar supports.
  const whole = when.day === 31 ? days : days.filter(({ day }) => day === when.day)
  const [first, last] = [whole[0], whole.at(-1)]
  const day = when.day === 31 ? -1 : when.day
  const rule = `FREQ=MONTHLY;INTERVAL=${when.every};BYMONTHDAY=${day}`
  const series = first && last && repeated(rule, when.at, timeZone, { first, last })
  const shortened = days.filter((one) => !whole.includes(one))
  return [
    ...(series ? [{ part: '', when: series }] : []),
    ...shortened.map((day) => ({ part: `-${compact(day)}`, when: placed(when, timeZone, day) })),
  ]
}

const weeklyRule = ({ every, days }: Extract<When, { kind: 'weekly' }>): string => {
  const codes = [...new Set(days)].map((day) => day.slice(0, 2).toUpperCase())
  return `FREQ=WEEKLY;INTERVAL=${every};WKST=MO;BYDAY=${codes.join()}`
}

const repeated = (
  rule: string,
  at: string | undefined,
  timeZone: string,
  { first, last }: { first: Day; last: Day },
): CalendarWhen => {
  const when = placed({ at }, timeZone, first)
  // UNTIL has the type of the start: a date, or a time in UTC (RFC 5545, 3.3.10).
  const until =
    at === undefined
      ? compact(last)
      : moment(last, at, timeZone).toInstant().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')
  return { ...when, rule: `${rule};UNTIL=${until}` }
}

const placed = (when: { at?: string | undefined }, timeZone: string, day: Day): CalendarWhen =>
  when.at === undefined
    ? { kind: 'days', start: day, end: day.add({ days: 1 }), busy: true }
    : { kind: 'timed', start: moment(day, when.at, timeZone) }

const moment = (day: Day, at: string, timeZone: string): Temporal.ZonedDateTime =>
  day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(at) })

const compact = (day: Day): string => day.toString().replaceAll('-', '')
