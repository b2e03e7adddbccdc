import type { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Region } from '#regions/schema.ts'

/** A calendar week of the region, from Monday; `until` is its end. */
export type Week = { from: Date; until: Date }

export const weekAround = ({ timeZone }: Pick<Region, 'timeZone'>, now: Date): Week => {
  const today = dayAt(now, timeZone)
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const begins = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds)
  return { from: begins(monday), until: begins(monday.add({ days: 7 })) }
}
