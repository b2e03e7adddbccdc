import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { When } from '#features/plan/plan-document.ts'
import { daysOf, latestDay, nextDay, occurrences } from '#features/plan/recurrence.ts'
import { weekdays } from '#storage/staff/staff.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const texts = (days: readonly Temporal.PlainDate[]) => days.map(String)
const all = (when: When) => texts(occurrences(when, day('2000-01-01'), day('2099-12-31')))

describe('days of an activity', () => {
  test('once, and within a period', () => {
    expect(all({ kind: 'once', on: '2028-02-29' })).toEqual(['2028-02-29'])
    const span: When = { kind: 'span', from: '2026-12-28', until: '2027-01-10' }
    expect(all(span)).toEqual(['2027-01-10'])
    expect(String(nextDay(span, day('2026-12-30')))).toBe('2026-12-30')
    expect(nextDay(span, day('2027-01-11'))).toBeNull()
  })

  test('weekly across the end of a year', () => {
    const when: When = {
      kind: 'weekly',
      from: '2026-12-24',
      until: '2027-01-08',
      every: 1,
      days: ['thu', 'mon'],
    }
    expect(all(when)).toEqual(['2026-12-24', '2026-12-28', '2026-12-31', '2027-01-04', '2027-01-07'])
  })

  test('every second week is counted from the week in which it begins', () => {
    const when: When = {
      kind: 'weekly',
      from: '2026-12-02',
      until: '2027-01-01',
      every: 2,
      days: ['tue', 'wed'],
    }
    expect(all(when)).toEqual(['2026-12-02', '2026-12-15', '2026-12-16', '2026-12-29', '2026-12-30'])
  })

  test('the 31st of every month is its last day, on 29 February of a leap year too', () => {
    const when: When = { kind: 'monthly', from: '2027-11-30', until: '2028-04-29', every: 1, day: 31 }
    expect(all(when)).toEqual(['2027-11-30', '2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31'])
    expect(all({ ...when, from: '2026-12-01', until: '2027-03-31', day: 29 })).toEqual([
      '2026-12-29',
      '2027-01-29',
      '2027-02-28',
      '2027-03-29',
    ])
  })

  test('none if the period contains no such day', () => {
    expect(
      daysOf({ kind: 'weekly', from: '2026-12-01', until: '2026-12-02', every: 1, days: ['fri'] }),
    ).toBeNull()
    expect(daysOf({ kind: 'monthly', from: '2026-12-16', until: '2027-01-14', every: 1, day: 15 })).toBeNull()
  })
})

const anyDay = fc.integer({ min: 0, max: 3 * 366 }).map((days) => day('2027-01-01').add({ days }))
const anyWhen: fc.Arbitrary<When> = fc
  .record({
    from: anyDay,
    length: fc.integer({ min: 0, max: 400 }),
    every: fc.integer({ min: 1, max: 8 }),
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    day: fc.integer({ min: 1, max: 31 }),
    kind: fc.constantFrom('once', 'span', 'weekly', 'monthly'),
  })
  .map(({ from, length, every, days, day, kind }): When => {
    const period = { from: String(from), until: String(from.add({ days: length })) }
    if (kind === 'once') return { kind, on: period.from }
    if (kind === 'span') return { kind, ...period }
    return kind === 'weekly' ? { kind, ...period, every, days } : { kind: 'monthly', ...period, every, day }
  })

/** The same by checking every day. */
const byHand = (when: When, date: Temporal.PlainDate): boolean => {
  if (when.kind === 'once') return when.on === String(date)
  if (String(date) < when.from || String(date) > when.until) return false
  if (when.kind === 'span') return String(date) === when.until
  const first = day(when.from)
  if (when.kind === 'weekly') {
    const monday = first.subtract({ days: first.dayOfWeek - 1 })
    const week = Math.floor(monday.until(date).days / 7)
    return week % when.every === 0 && when.days.some((name) => weekdays.indexOf(name) + 1 === date.dayOfWeek)
  }
  const months = (date.year - first.year) * 12 + date.month - first.month
  return months % when.every === 0 && date.day === Math.min(when.day, date.daysInMonth)
}

const daysBetween = (from: Temporal.PlainDate, length: number) =>
  Array.from({ length }, (_, days) => from.add({ days }))

describe('for any recurrence', () => {
  test('the days match a check of every day, in any window', () => {
    fc.assert(
      fc.property(anyWhen, anyDay, fc.integer({ min: 1, max: 500 }), (when, from, length) => {
        const days = daysBetween(from, length)
        const expected = days.filter((date) => byHand(when, date))
        expect(texts(occurrences(when, from, from.add({ days: length - 1 })))).toEqual(texts(expected))
      }),
    )
  })

  test('the first and last day, and the neighbours of any day, are among them', () => {
    fc.assert(
      fc.property(anyWhen, anyDay, (when, from) => {
        const days = all(when)
        const found = daysOf(when)
        if (when.kind !== 'span') expect(found && String(found.first)).toBe(days[0] ?? null)
        expect(found && String(found.last)).toBe(days.at(-1) ?? null)
        const next = nextDay(when, from)
        if (when.kind !== 'span')
          expect(next && String(next)).toBe(days.find((one) => one >= String(from)) ?? null)
        const latest = latestDay(when, from)
        expect(latest && String(latest)).toBe(days.findLast((one) => one <= String(from)) ?? null)
      }),
    )
  })

  test('clock changes never move a day, in any zone', () => {
    // A calendar day is whole, even if an hour is skipped or repeated.
    const zones = [
      'Europe/Moscow',
      'Asia/Yekaterinburg',
      'Europe/Simferopol',
      'Europe/Berlin',
      'America/Santiago',
    ]
    fc.assert(
      fc.property(anyWhen, fc.constantFrom(...zones), (when, zone) => {
        for (const text of all(when).slice(0, 20)) {
          const noon = day(text).toZonedDateTime({ timeZone: zone, plainTime: '12:00' })
          expect(noon.toPlainDate().toString()).toBe(text)
        }
      }),
      { numRuns: 40 },
    )
  })
})
