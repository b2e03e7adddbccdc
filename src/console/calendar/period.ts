import { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Visit } from '../visit.ts'

export const calendarViews = ['week', 'day'] as const
export type CalendarView = (typeof calendarViews)[number]

/** The days that are shown, as ISO dates, with their beginning and end by the clock of the region. */
export type Period = {
  view: CalendarView
  days: string[]
  from: Date
  until: Date
  today: string
  /** A day of the period before and of the one after. */
  before: string
  after: string
}

/** The ISO week of a day, or the day alone. */
export const periodOf = (
  { deps, now }: Pick<Visit, 'deps' | 'now'>,
  { view, date }: { view: CalendarView; date: string | undefined },
): Period => {
  const { timeZone } = deps.region
  const today = dayAt(now, timeZone)
  const asked = date === undefined ? today : Temporal.PlainDate.from(date)
  const first = view === 'week' ? asked.subtract({ days: asked.dayOfWeek - 1 }) : asked
  const length = view === 'week' ? 7 : 1
  const begins = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds)
  const end = first.add({ days: length })
  return {
    view,
    days: Array.from({ length }, (_, index) => first.add({ days: index }).toString()),
    from: begins(first),
    until: begins(end),
    today: today.toString(),
    before: first.subtract({ days: length }).toString(),
    after: end.toString(),
  }
}
