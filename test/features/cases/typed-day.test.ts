import { expect, test } from 'vitest'
import { readDay, readDayWithWords } from '#features/cases/typed-day.ts'

const on = (day: string) => ({ now: new Date(`${day}T09:00:00Z`), timeZone: 'Europe/Moscow' })

test.each([
  ['вчера', '2027-02-20', '2027-02-19'],
  ['19 февраля', '2027-02-20', '2027-02-19'],
  // A slip of one day, which the caller refuses, and not last year's day.
  ['21.02', '2027-02-20', '2027-02-21'],
  ['28 декабря', '2027-01-10', '2026-12-28'],
  ['28.12.26', '2027-01-10', '2026-12-28'],
  ['31.02', '2027-01-10', null],
  ['24.11.0226', '2027-01-10', null],
  ['как-нибудь', '2027-01-10', null],
] as const)('«%s» on %s is %s', (text, today, day) => expect(readDay(text, on(today))).toBe(day))

test.each([
  ['24.11', '2026-11-24', null],
  ['24.11, перепутали день', '2026-11-24', 'перепутали день'],
  ['24 ноября – был выходной', '2026-11-24', 'был выходной'],
  ['Вчера. Записали не туда', '2026-11-24', 'Записали не туда'],
  // A day within words: they stay whole.
  ['на самом деле 23.11', '2026-11-23', 'на самом деле 23.11'],
  ['24.11.2026', '2026-11-24', null],
] as const)('«%s» is %s with «%s»', (text, day, words) =>
  expect(readDayWithWords(text, on('2026-11-25'))).toEqual({ on: day, words }),
)

test('words without a day are no correction', () =>
  expect(readDayWithWords('перепутали', on('2026-11-25'))).toBeNull())
