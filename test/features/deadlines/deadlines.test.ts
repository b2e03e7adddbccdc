import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { dayAt, dueDate, workingDaysLeft } from '#features/deadlines/deadlines.ts'
import { federalDaysOff } from '#regions/days-off.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const working = (days: number) => ({ days, dayKind: 'working' }) as const
const calendar = (days: number) => ({ days, dayKind: 'calendar' }) as const
const inZone = (timeZone: string) => ({ timeZone, daysOff: federalDaysOff })
const federal = inZone('UTC')
const moscow = 'Europe/Moscow'
const yugra = 'Asia/Yekaterinburg'

const daysOff = (year: number, month: number) => {
  const first = Temporal.PlainYearMonth.from({ year, month })
  return Array.from({ length: first.daysInMonth }, (_, index) => first.toPlainDate({ day: index + 1 }))
    .filter((date) => !isWorkingDay(date, federal))
    .map((date) => date.day)
}

describe('the production calendar', () => {
  it.each([
    [2025, 1, [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 18, 19, 25, 26]],
    [2025, 2, [1, 2, 8, 9, 15, 16, 22, 23]],
    [2025, 3, [1, 2, 8, 9, 15, 16, 22, 23, 29, 30]],
    [2025, 5, [1, 2, 3, 4, 8, 9, 10, 11, 17, 18, 24, 25, 31]],
    [2025, 6, [1, 7, 8, 12, 13, 14, 15, 21, 22, 28, 29]],
    [2025, 11, [2, 3, 4, 8, 9, 15, 16, 22, 23, 29, 30]],
    [2025, 12, [6, 7, 13, 14, 20, 21, 27, 28, 31]],
    [2026, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 17, 18, 24, 25, 31]],
    [2026, 2, [1, 7, 8, 14, 15, 21, 22, 23, 28]],
    [2026, 3, [1, 7, 8, 9, 14, 15, 21, 22, 28, 29]],
    [2026, 5, [1, 2, 3, 9, 10, 11, 16, 17, 23, 24, 30, 31]],
    [2026, 6, [6, 7, 12, 13, 14, 20, 21, 27, 28]],
    [2026, 11, [1, 4, 7, 8, 14, 15, 21, 22, 28, 29]],
    [2026, 12, [5, 6, 12, 13, 19, 20, 26, 27, 31]],
    [2027, 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 17, 23, 24, 30, 31]],
    [2027, 2, [6, 7, 13, 14, 21, 22, 23, 27, 28]],
    [2027, 5, [1, 2, 3, 8, 9, 10, 15, 16, 22, 23, 29, 30]],
    [2027, 6, [5, 6, 12, 13, 14, 19, 20, 26, 27]],
    [2027, 11, [4, 5, 6, 7, 13, 14, 20, 21, 27, 28]],
    [2027, 12, [4, 5, 11, 12, 18, 19, 25, 26, 31]],
  ])('%i-%i has these days off', (year, month, expected) => {
    expect(daysOff(year, month)).toEqual(expected)
  })

  it.each([
    [2025, 247],
    [2026, 247],
    [2027, 247],
  ])('%i has %i working days, as published', (year, expected) => {
    const off = Array.from({ length: 12 }, (_, index) => daysOff(year, index + 1).length)
    expect(day(`${year}-01-01`).daysInYear - off.reduce((sum, days) => sum + days)).toBe(expected)
  })

  it('follows the law alone without a decree: a holiday on a weekend moves to the next working day', () => {
    expect(daysOff(2032, 2)).toContain(23)
    expect(day('2032-05-01').dayOfWeek).toBe(6)
    expect(isWorkingDay(day('2032-05-03'), federal)).toBe(false)
    expect(isWorkingDay(day('2032-05-10'), federal)).toBe(false)
    expect(isWorkingDay(day('2032-05-11'), federal)).toBe(true)
  })
})

describe('due dates', () => {
  it.each([
    // Today is a Sunday: the count begins on Monday.
    ['2026-11-22T09:00:00Z', working(5), moscow, '2026-11-27'],
    ['2026-11-23T09:00:00Z', working(5), moscow, '2026-11-30'],
    ['2026-11-20T15:00:00Z', working(1), moscow, '2026-11-23'],
    // 3 November before the holiday of the 4th.
    ['2026-11-03T09:00:00Z', working(1), moscow, '2026-11-05'],
    ['2026-10-30T09:00:00Z', working(5), moscow, '2026-11-09'],
    // Across New Year: 31 December 2026 is a day off.
    ['2026-12-30T09:00:00Z', working(1), moscow, '2027-01-11'],
    ['2026-12-28T09:00:00Z', working(5), moscow, '2027-01-13'],
    ['2025-12-30T09:00:00Z', working(1), moscow, '2026-01-12'],
    ['2025-12-29T09:00:00Z', working(10), moscow, '2026-01-22'],
    // May 2026, both groups of holidays.
    ['2026-04-30T09:00:00Z', working(1), moscow, '2026-05-04'],
    ['2026-04-30T09:00:00Z', working(10), moscow, '2026-05-18'],
    ['2026-05-08T09:00:00Z', working(1), moscow, '2026-05-12'],
    // Working Saturdays count.
    ['2025-10-31T09:00:00Z', working(1), moscow, '2025-11-01'],
    ['2027-02-19T09:00:00Z', working(2), moscow, '2027-02-24'],
    // Calendar days are counted without exceptions.
    ['2026-12-30T09:00:00Z', calendar(3), moscow, '2027-01-02'],
    ['2026-11-20T09:00:00Z', calendar(3), moscow, '2026-11-23'],
    // 19:30 UTC on Friday: 22:30 on Friday in Moscow, half past midnight on Saturday in Nyagan.
    ['2026-11-20T19:30:00Z', calendar(1), moscow, '2026-11-21'],
    ['2026-11-20T19:30:00Z', calendar(1), yugra, '2026-11-22'],
    // Midnight between Monday and Tuesday.
    ['2026-11-23T20:59:59.999Z', working(1), moscow, '2026-11-24'],
    ['2026-11-23T21:00:00Z', working(1), moscow, '2026-11-25'],
  ])('%s and %o in %s: due on %s', (from, rule, zone, expected) => {
    const due = dueDate(rule, new Date(from), inZone(zone))
    expect(due.date.toString()).toBe(expected)
    expect(dayAt(due.instant, zone).toString()).toBe(expected)
    expect(dueDate(rule, Temporal.Instant.from(from), inZone(zone))).toEqual(due)
  })

  it('ends with the last millisecond of the day in the zone', () => {
    const due = (zone: string) =>
      dueDate(working(5), new Date('2026-11-22T09:00:00Z'), inZone(zone)).instant.toISOString()
    expect(due(moscow)).toBe('2026-11-27T20:59:59.999Z')
    expect(due(yugra)).toBe('2026-11-27T18:59:59.999Z')
  })

  it.each([
    ['2026-11-27', '2026-11-22T09:00:00Z', 5],
    ['2026-11-27', '2026-11-26T09:00:00Z', 1],
    ['2026-11-27', '2026-11-27T20:59:59Z', 0],
    ['2026-11-27', '2026-11-27T21:00:00Z', 0],
    ['2026-11-27', '2026-11-30T09:00:00Z', 0],
    ['2027-01-11', '2026-12-30T09:00:00Z', 1],
  ])('due %s, at %s: %i working days left', (due, now, expected) => {
    expect(workingDaysLeft(day(due), new Date(now), inZone(moscow))).toBe(expected)
  })
})

const moment = fc.date({
  min: new Date('2025-01-01T00:00:00Z'),
  max: new Date('2027-11-30T00:00:00Z'),
  noInvalidDate: true,
})
const zone = fc.constantFrom(moscow, yugra, 'Europe/Simferopol', 'UTC')
const count = fc.integer({ min: 1, max: 30 })

describe('for any moment, rule and zone', () => {
  it('a working-day term ends on a working day, after exactly that many', () => {
    fc.assert(
      fc.property(moment, count, zone, (from, days, timeZone) => {
        const { date } = dueDate(working(days), from, inZone(timeZone))
        expect(isWorkingDay(date, federal)).toBe(true)
        expect(workingDaysLeft(date, from, inZone(timeZone))).toBe(days)
      }),
    )
  })

  it('a longer term ends later, and working days never end before calendar ones', () => {
    fc.assert(
      fc.property(moment, count, zone, (from, days, timeZone) => {
        const at = (rule: Parameters<typeof dueDate>[0]) =>
          dueDate(rule, from, inZone(timeZone)).instant.getTime()
        expect(at(working(days + 1))).toBeGreaterThan(at(working(days)))
        expect(at(working(days))).toBeGreaterThanOrEqual(at(calendar(days)))
        expect(at(calendar(days))).toBeGreaterThan(from.getTime())
      }),
    )
  })

  it('requests of one day have one due date, whatever the hour', () => {
    fc.assert(
      fc.property(moment, count, zone, (from, days, timeZone) => {
        const start = dayAt(from, timeZone).toZonedDateTime(timeZone).epochMilliseconds
        expect(dueDate(working(days), new Date(start), inZone(timeZone))).toEqual(
          dueDate(working(days), from, inZone(timeZone)),
        )
      }),
    )
  })

  it('working days left never grow as time passes', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 40 * 86_400_000 }), zone, (now, later, timeZone) => {
        const due = dueDate(working(10), now, inZone(timeZone)).date
        const after = new Date(now.getTime() + later)
        expect(workingDaysLeft(due, after, inZone(timeZone))).toBeLessThanOrEqual(
          workingDaysLeft(due, now, inZone(timeZone)),
        )
      }),
    )
  })
})
