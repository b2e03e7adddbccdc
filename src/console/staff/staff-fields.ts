import { z } from 'zod'
import { languages } from '#core/text.ts'
import { readDay } from '#features/routing/duty-hours-words.ts'
import { freeText } from '#http/free-text.ts'
import { territoryCode } from '#http/territory-codes.ts'
import { type DutyHours, staffRoles, type StaffSettings, weekdays } from '#storage/staff/staff.ts'
import { listed, ticked } from '../listed.ts'

// The fields of the forms about a member of staff. What is shown of them stands in a hidden field, so that only what was changed counts.

const name = freeText(64).refine((text) => !/[\n\t]/.test(text))

export const rightsFields = z.object({
  name,
  role: z.enum(staffRoles),
  territories: listed(territoryCode),
  minorsTrained: ticked,
})
export type Rights = z.output<typeof rightsFields>

export const loadFields = z.object({
  capacity: z
    .string()
    .trim()
    .regex(/^\d{0,4}$/)
    .transform((given) => (given === '' ? null : Number(given))),
  languages: listed(z.enum(languages)),
})
export type Load = z.output<typeof loadFields>

const day = z.string().max(200).default('')
export const hoursFields = z.object({
  always: z.enum(['yes', 'no']),
  mon: day,
  tue: day,
  wed: day,
  thu: day,
  fri: day,
  sat: day,
  sun: day,
})
export type Hours = z.output<typeof hoursFields>

/** As read from the form, or the days that are not understood. */
export const dutyHoursIn = (
  given: Hours,
): { hours: DutyHours | null } | { wrong: (typeof weekdays)[number][] } => {
  if (given.always === 'yes') return { hours: null }
  const read = weekdays.map((one) => ({ one, intervals: readDay(given[one]) }))
  const wrong = read.flatMap(({ one, intervals }) => (intervals === null ? [one] : []))
  if (wrong.length > 0) return { wrong }
  const hours: DutyHours = {}
  for (const { one, intervals } of read) {
    const [first] = intervals ?? []
    // One interval is stored as it was before there could be several.
    if (intervals && first) hours[one] = intervals.length === 1 ? first : intervals
  }
  return { hours }
}

/** What every form about a member carries: what it was drawn from. */
export const drawnFrom = { shown: z.string().max(10_000) }

/** What was shown, as it was written into the form; nothing if that is malformed. */
export const shownIn = (text: string): Partial<StaffSettings> => {
  try {
    return z.record(z.string(), z.unknown()).catch({}).parse(JSON.parse(text))
  } catch {
    return {}
  }
}
