import { readFileSync } from 'node:fs'
import { z } from 'zod'

// 125-ФЗ, ст. 4, п. 7: a region may declare religious days non-working; a centre is closed then, and terms do not run. The days
// and their acts are in `days-off.json`; Chelyabinsk, Nyagan and Novgorod have none.

const day = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
const act = z.string().min(1)
const year = z.int().min(2000).max(2099)

export const daysOffSchema = z.strictObject({
  /** Off in every year, `MM-DD`. */
  everyYear: z.array(z.strictObject({ day, since: year, act })),
  /** Off on the ninth day after Easter: Радоница. */
  radonitsa: z.strictObject({ since: year, act }).nullable(),
  /** By which one year differs: days off, and Saturdays or Sundays that are worked for others. */
  byYear: z.record(
    z.string().regex(/^20\d\d$/),
    z.strictObject({ off: z.array(day), working: z.array(day), act }),
  ),
  /** An act of each year sets further days, within that year: a year without one is reported. */
  actEachYear: z.boolean(),
})

/** Days off of a region beside the federal ones. */
export type DaysOff = z.infer<typeof daysOffSchema>

/** What is needed to count days in a region. */
export type Calendar = { timeZone: string; daysOff: DaysOff }

/** Russia's production calendar alone. */
export const federalDaysOff: DaysOff = { everyYear: [], radonitsa: null, byYear: {}, actEachYear: false }

const regional = z
  .record(z.string(), daysOffSchema)
  .parse(JSON.parse(readFileSync(new URL('./days-off.json', import.meta.url), 'utf8')))

export const daysOffOf = (region: string): DaysOff => regional[region] ?? federalDaysOff

/** The regions that have days off of their own. */
export const regionsWithDaysOff: readonly string[] = Object.keys(regional)
