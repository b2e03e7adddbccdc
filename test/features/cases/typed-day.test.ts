import { expect, test } from 'vitest'
import { readDay } from '#features/cases/typed-day.ts'

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
