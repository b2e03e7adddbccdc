import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dutyEnd, intervalsOf, nextDutyStart, onDuty, overlappingDay } from '#features/routing/duty-hours.ts'
import { dutyHoursLines, readDutyHours } from '#features/routing/duty-hours-words.ts'
import { readingTime } from '#features/routing/reading-time.ts'
import { region } from '#regions/index.ts'
import { type DutyHours, weekdays } from '#storage/staff/staff.ts'
import { anyHours } from '#test/support/duty-hours.ts'

const moscow = 'Europe/Moscow'
const at = (text: string) => new Date(text)
const moment = fc.date({
  min: at('2026-01-01T00:00:00Z'),
  max: at('2027-12-31T00:00:00Z'),
  noInvalidDate: true,
})

const lunch: DutyHours = {
  mon: [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ],
  // Two shifts of one day.
  tue: [
    ['08:00', '10:00'],
    ['17:00', '20:00'],
  ],
}

test.each([
  ['before lunch', '2026-11-23T07:00:00Z', true, '2026-11-23T15:00:00Z'],
  ['at lunch', '2026-11-23T10:00:00Z', false, null],
  ['the last moment of lunch', '2026-11-23T10:59:59Z', false, null],
  ['after lunch', '2026-11-23T11:00:00Z', true, '2026-11-23T15:00:00Z'],
  ['a long pause parts two shifts', '2026-11-24T06:00:00Z', true, '2026-11-24T07:00:00Z'],
])('with a break: %s', (_what, moment, on, end) => {
  expect(onDuty(lunch, at(moment), moscow)).toBe(on)
  expect(dutyEnd(lunch, at(moment), moscow)?.toISOString() ?? null).toBe(end && at(end).toISOString())
})

test('somebody who writes at lunch is read from its end on, and not until then', () => {
  const rules = region('stavropol')
  expect(readingTime(rules, lunch, at('2026-11-23T10:10:00Z'))).toMatchObject({
    kind: 'from',
    at: at('2026-11-23T11:00:00Z'),
    due: at('2026-11-23T15:00:00Z'),
  })
  expect(readingTime(rules, lunch, at('2026-11-23T09:50:00Z'))).toMatchObject({
    kind: 'until',
    at: at('2026-11-23T15:00:00Z'),
  })
})

test('overlaps are found, also with the night before and over the end of the week', () => {
  expect(overlappingDay(lunch)).toBeNull()
  expect(
    overlappingDay({
      mon: [
        ['09:00', '13:00'],
        ['12:30', '18:00'],
      ],
    }),
  ).toBe('mon')
  expect(overlappingDay({ mon: ['22:00', '10:00'], tue: ['09:00', '18:00'] })).toBe('tue')
  expect(overlappingDay({ sun: ['20:00', '08:00'], mon: ['07:00', '15:00'] })).toBe('mon')
  expect(overlappingDay({ sun: ['20:00', '08:00'], mon: ['08:00', '15:00'] })).toBeNull()
})

test('no minute of a week is in two intervals, and no promised hour is in a break', () => {
  const rules = region('stavropol')
  const holds = (hours: DutyHours, now: Date) => {
    const inside = weekdays.flatMap((day) => intervalsOf(hours, day)).length
    if (inside === 0) return
    const { kind, at: promised, due } = readingTime(rules, hours, now)
    const start = nextDutyStart(hours, now, moscow)
    // Off duty for a week and more, the centre's own hours count.
    if (start === null) return
    if (kind === 'from') expect(onDuty(hours, promised, moscow)).toBe(true)
    else expect(onDuty(hours, new Date(promised.getTime() - 1), moscow)).toBe(true)
    expect(onDuty(hours, new Date(due.getTime() - 1), moscow)).toBe(true)
  }
  fc.assert(fc.property(anyHours, moment, holds), { numRuns: 1_000 })
  const once = (hours: DutyHours, minute: number) => {
    const spans = weekdays.flatMap((day, nth) =>
      intervalsOf(hours, day).map(([from, until]) => {
        const [start, end] = [from, until].map((text) => {
          const [h = 0, m = 0] = text.split(':').map(Number)
          return nth * 1440 + h * 60 + m
        }) as [number, number]
        return [start, end <= start ? end + 1440 : end] as const
      }),
    )
    const week = 7 * 1440
    const hit = spans.filter(([start, end]) =>
      [minute, minute + week].some((one) => start <= one && one < end),
    )
    expect(hit.length).toBeLessThanOrEqual(1)
  }
  fc.assert(fc.property(anyHours, fc.integer({ min: 0, max: 7 * 1440 - 1 }), once), { numRuns: 1_000 })
})

test('as typed: days, ranges and several intervals; what is printed is read again as the same', () => {
  expect(readDutyHours(['mon-fri 09:00-13:00,14:00-18:00', 'sat 10:00-14:00'])).toEqual({
    ...Object.fromEntries(
      weekdays.slice(0, 5).map((day) => [
        day,
        [
          ['09:00', '13:00'],
          ['14:00', '18:00'],
        ],
      ]),
    ),
    sat: ['10:00', '14:00'],
  })
  for (const wrong of [
    '',
    'mon',
    'mon 9-18',
    'fri-mon 09:00-18:00',
    'mon 09:00-09:00',
    'xyz 09:00-18:00',
    'mon 25:00-26:00',
  ])
    expect(readDutyHours([wrong]), wrong).toBeNull()
  const same = (hours: DutyHours) => {
    const lines = dutyHoursLines(hours)
    if (lines[0] !== 'never') expect(readDutyHours(lines)).toEqual(hours)
  }
  fc.assert(fc.property(anyHours, same))
})
