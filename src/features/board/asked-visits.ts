import type { Temporal } from 'temporal-polyfill'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { cadenceParts } from '#features/visits/cadence-parts.ts'
import type { Region, SupportLevel } from '#regions/schema.ts'
import type { AskedVisits } from '#storage/board/board-lists.ts'

/**
 * What each level asks for in the last week or month that is over; nothing for a week without a working day. A family whose help, or level,
 * began within it is not asked. Pure.
 */
export const askedVisits = (region: Region, now: Date): AskedVisits[] => {
  const today = dayAt(now, region.timeZone)
  const startOf = (day: Temporal.PlainDate) =>
    new Date(day.toZonedDateTime(region.timeZone).epochMilliseconds)
  return (Object.keys(region.visitCadence) as SupportLevel[]).flatMap((level) => {
    const { per } = region.visitCadence[level].value
    const next = per === 'week' ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 })
    const first = next.subtract(per === 'week' ? { days: 7 } : { months: 1 })
    const last = next.subtract({ days: 1 })
    const [part] = cadenceParts(region, { level, from: first.toString(), until: last.toString() })
    if (!part || part.atLeast === 0) return []
    return [
      { level, atLeast: part.atLeast, from: startOf(first), until: startOf(next), began: first.toString() },
    ]
  })
}
