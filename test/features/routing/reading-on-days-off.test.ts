import { expect, test } from 'vitest'
import { readingTime } from '#features/routing/reading-time.ts'
import { region } from '#regions/index.ts'
import type { DutyHours } from '#storage/staff/staff.ts'

// What is promised on a public holiday: nobody who works from Monday to Friday reads on it.
const stavropol = region('stavropol')
const weekdays: DutyHours = Object.fromEntries(
  (['mon', 'tue', 'wed', 'thu', 'fri'] as const).map((day) => [day, ['09:00', '18:00']]),
)
const at = (moment: string) => new Date(`${moment}+03:00`)
const from = (start: string, end: string) => ({ kind: 'from', at: at(start), due: at(end) })

test.each([
  // Wednesday, Unity Day.
  ['2026-11-04T10:00', '2026-11-05T09:00', '2026-11-05T18:00'],
  // The evening before it.
  ['2026-11-03T17:45', '2026-11-05T09:00', '2026-11-05T18:00'],
  ['2026-11-03T22:00', '2026-11-05T09:00', '2026-11-05T18:00'],
  // The long holidays: from the first working day after them.
  ['2027-01-04T10:00', '2027-01-11T09:00', '2027-01-11T18:00'],
])('on %s who works from Monday to Friday reads from %s', (now, start, end) => {
  expect(readingTime(stavropol, weekdays, at(now))).toEqual(from(start, end))
})

test('who works at weekends works on holidays, too, and a night shift goes on into the weekend', () => {
  const daily: DutyHours = { ...weekdays, sat: ['09:00', '18:00'], sun: ['09:00', '18:00'] }
  const until = (end: string) => ({ kind: 'until', at: at(end), due: at(end) })
  expect(readingTime(stavropol, daily, at('2026-11-04T10:00'))).toEqual(until('2026-11-04T18:00'))
  const night: DutyHours = { fri: ['20:00', '08:00'] }
  expect(readingTime(stavropol, night, at('2026-11-28T03:00'))).toEqual(until('2026-11-28T08:00'))
})
