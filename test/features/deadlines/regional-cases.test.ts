import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, test } from 'vitest'
import { dueDate, type Term } from '#features/deadlines/deadlines.ts'
import { easter, radonitsa } from '#features/deadlines/easter.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { regionsWithDaysOff } from '#regions/days-off.ts'
import { type RegionCode, region, regionCodes } from '#regions/index.ts'
import type { DeadlineCode } from '#regions/schema.ts'

// Counted apart from the product, from explicit days off: the region's own rule, the event in local time, the last day of the
// term. Months: how long support lasts (Stavropol 6.11), interim diagnosis (6.18), post-support (Chelyabinsk 3.2.1).
type Case = readonly [RegionCode, DeadlineCode | { months: number }, event: string, due: string]
const cases: Case[] = [
  ['stavropol', 'commission-decision', '2026-11-22 12:00', '2026-11-27'],
  ['stavropol', 'commission-decision', '2026-11-23 23:59', '2026-11-30'],
  ['stavropol', 'commission-decision', '2026-11-24 00:00', '2026-12-01'],
  ['stavropol', 'commission-decision', '2026-10-30 10:00', '2026-11-09'],
  ['stavropol', 'commission-decision', '2026-11-03 10:00', '2026-11-11'],
  ['stavropol', 'commission-decision', '2026-12-23 10:00', '2026-12-30'],
  ['stavropol', 'commission-decision', '2026-12-24 10:00', '2027-01-11'],
  ['stavropol', 'commission-decision', '2026-12-30 10:00', '2027-01-15'],
  ['stavropol', 'commission-decision', '2027-01-03 10:00', '2027-01-15'],
  ['stavropol', 'commission-decision', '2027-02-17 10:00', '2027-02-25'],
  ['stavropol', 'commission-decision', '2027-02-19 10:00', '2027-03-01'],
  ['stavropol', 'commission-decision', '2027-03-05 10:00', '2027-03-15'],
  ['stavropol', 'commission-decision', '2026-04-15 10:00', '2026-04-23'],
  ['stavropol', 'commission-decision', '2026-04-20 10:00', '2026-04-28'],
  ['stavropol', 'commission-decision', '2026-04-21 10:00', '2026-04-28'],
  ['stavropol', 'commission-decision', '2025-04-24 10:00', '2025-05-06'],
  ['stavropol', 'commission-decision', '2027-05-06 10:00', '2027-05-17'],
  ['stavropol', 'commission-decision', '2026-04-30 10:00', '2026-05-08'],
  ['stavropol', 'commission-decision', '2027-04-30 10:00', '2027-05-12'],
  ['stavropol', 'commission-decision', '2026-06-10 10:00', '2026-06-18'],
  ['stavropol', 'ipss', '2026-11-30 10:00', '2026-12-14'],
  ['stavropol', 'ipss', '2026-12-29 10:00', '2027-01-21'],
  ['stavropol', 'ipss', '2025-12-29 10:00', '2026-01-22'],
  ['stavropol', 'ipss', '2026-04-30 10:00', '2026-05-18'],
  ['stavropol', 'ipss', '2026-04-08 10:00', '2026-04-23'],
  ['stavropol', 'ipss-copy', '2027-02-15 10:00', '2027-03-02'],
  ['stavropol', 'contract', '2026-12-30 15:00', '2027-01-11'],
  ['stavropol', 'contract', '2027-02-19 15:00', '2027-02-20'],
  ['stavropol', 'contract', '2027-02-20 15:00', '2027-02-24'],
  ['stavropol', 'contract', '2026-04-20 15:00', '2026-04-22'],
  ['stavropol', 'contract', '2026-11-03 15:00', '2026-11-05'],
  ['stavropol', 'home-survey', '2026-12-30 15:00', '2027-01-02'],
  ['stavropol', 'home-survey', '2026-11-20 15:00', '2026-11-23'],
  ['stavropol', 'home-survey', '2026-05-08 15:00', '2026-05-11'],
  ['stavropol', { months: 3 }, '2026-11-30 10:00', '2027-02-28'],
  ['stavropol', { months: 6 }, '2027-08-31 10:00', '2028-02-29'],
  ['stavropol', { months: 12 }, '2027-02-28 10:00', '2028-02-28'],
  ['stavropol', { months: 3 }, '2026-11-30 10:00', '2027-02-28'],
  ['stavropol', { months: 6 }, '2026-11-30 10:00', '2027-05-30'],
  ['chelyabinsk', 'ipss', '2026-11-24 00:30', '2026-12-08'],
  ['chelyabinsk', 'ipss', '2026-11-23 23:59', '2026-12-07'],
  ['chelyabinsk', 'ipss', '2026-12-21 10:00', '2027-01-13'],
  ['chelyabinsk', 'ipss', '2026-04-20 10:00', '2026-05-05'],
  ['chelyabinsk', 'ipss', '2027-02-12 10:00', '2027-03-01'],
  ['chelyabinsk', { months: 3 }, '2026-11-30 10:00', '2027-02-28'],
  ['chelyabinsk', { months: 6 }, '2026-11-30 10:00', '2027-05-30'],
  ['chelyabinsk', { months: 3 }, '2026-12-01 10:00', '2027-03-01'],
  ['nyagan', 'commission-decision', '2025-10-31 14:00', '2025-11-10'],
  ['nyagan', 'commission-decision', '2026-11-21 00:30', '2026-11-27'],
  ['nyagan', 'ipss', '2026-12-30 10:00', '2027-01-22'],
  ['novgorod', 'ipss', '2026-12-01 10:00', '2026-12-31'],
  ['novgorod', 'ipss', '2026-12-02 10:00', '2027-01-01'],
  ['novgorod', 'ipss', '2028-01-31 10:00', '2028-03-01'],
  ['novgorod', 'ipss', '2027-01-31 10:00', '2027-03-02'],
  ['novgorod', 'ipss', '2026-11-22 23:59', '2026-12-22'],
  ['novgorod', 'ipss', '2026-11-23 00:00', '2026-12-23'],
  ['crimea', 'commission-decision', '2026-03-16 10:00', '2026-03-25'],
  ['crimea', 'commission-decision', '2026-04-10 10:00', '2026-04-20'],
  ['crimea', 'commission-decision', '2026-05-26 10:00', '2026-06-04'],
  ['crimea', 'ipss', '2026-05-27 10:00', '2026-06-15'],
  ['crimea', 'commission-decision', '2025-03-28 10:00', '2025-04-07'],
  ['crimea', 'commission-decision', '2025-06-05 10:00', '2025-06-18'],
  ['crimea', 'commission-decision', '2027-03-15 10:00', '2027-03-23'],
]

test.each(cases)('%s, %o after %s: due on %s', (code, what, event, due) => {
  const rules = region(code)
  const term: Term = typeof what === 'string' ? rules.deadlines[what].value : what
  const moment = Temporal.PlainDateTime.from(event.replace(' ', 'T')).toZonedDateTime(rules.timeZone)
  expect(dueDate(term, moment.toInstant(), rules).date.toString()).toBe(due)
})

const workingDays = (code: RegionCode, year: number): number => {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  const days = Array.from({ length: first.daysInYear }, (_, days) => first.add({ days }))
  return days.filter((day) => isWorkingDay(day, region(code))).length
}

describe("the regions' own days off", () => {
  it('stand under the names of regions', () => {
    expect(regionsWithDaysOff.filter((code) => !regionCodes.some((one) => one === code))).toEqual([])
  })

  it.each([
    ['stavropol', 2026, 246],
    ['crimea', 2026, 242],
    ['chelyabinsk', 2026, 247],
    ['nyagan', 2026, 247],
    ['novgorod', 2026, 247],
    // One day more is off, and a Saturday is worked for another.
    ['stavropol', 2025, 246],
    ['stavropol', 2027, 246],
  ] as const)('%s has in %i %i working days', (code, year, expected) => {
    expect(workingDays(code, year)).toBe(expected)
  })

  it.each([
    [2024, '2024-05-05', '2024-05-14'],
    [2025, '2025-04-20', '2025-04-29'],
    [2026, '2026-04-12', '2026-04-21'],
    [2027, '2027-05-02', '2027-05-11'],
    [2028, '2028-04-16', '2028-04-25'],
  ])('%i: Easter on %s, Радоница on %s', (year, sunday, tuesday) => {
    expect([easter(year), radonitsa(year)].map(String)).toEqual([sunday, tuesday])
  })

  it('Easter is a Sunday between 4 April and 8 May in every year that the law lists', () => {
    for (let year = 2016; year <= 2049; year += 1) {
      expect(easter(year).dayOfWeek).toBe(7)
      expect(String(easter(year)) >= `${year}-04-04` && String(easter(year)) <= `${year}-05-08`).toBe(true)
    }
  })

  it.each(regionCodes)('%s: every day is a date of its year, and every entry names its act', (code) => {
    const { everyYear, radonitsa: law, byYear } = region(code).daysOff
    const entries = Object.entries(byYear)
    for (const [year, { off, working }] of entries)
      for (const day of [...off, ...working])
        expect(() => Temporal.PlainDate.from(`${year}-${day}`, { overflow: 'reject' })).not.toThrow()
    const acts = [...everyYear, ...(law ? [law] : []), ...entries.map(([, one]) => one)].map(({ act }) => act)
    expect(acts.filter((act) => !/закон|указ|распоряжение/i.test(act))).toEqual([])
  })
})
