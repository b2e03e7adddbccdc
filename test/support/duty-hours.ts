import fc from 'fast-check'
import { overlappingDay } from '#features/routing/duty-hours.ts'
import { type DutyHours, weekdays } from '#storage/staff/staff.ts'

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

/** Up to three intervals a day, of which the last may end on the next day. */
const anyDay = fc.uniqueArray(time, { minLength: 2, maxLength: 6 }).map((times) => {
  const sorted = times.toSorted()
  const pairs = sorted.flatMap((from, nth) =>
    nth % 2 === 0 && sorted[nth + 1] ? [[from, sorted[nth + 1]] as [string, string]] : [],
  )
  const odd = sorted.length % 2 === 1 ? [[sorted.at(-1) ?? '', '00:00'] as [string, string]] : []
  const all = [...pairs, ...odd]
  return all.length === 1 && all[0] ? all[0] : all
})
export const anyHours = fc
  .record(Object.fromEntries(weekdays.map((day) => [day, anyDay])), { requiredKeys: [] })
  .map((hours) => hours as DutyHours)
  .filter((hours) => overlappingDay(hours) === null)
