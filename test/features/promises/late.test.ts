import { describe, expect, test } from 'vitest'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { nextNoticeAt } from '#features/promises/late.ts'
import { promisedAt } from '#features/promises/promise.ts'
import { readingTime, workingDay } from '#features/routing/reading-time.ts'
import { region } from '#regions/index.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { createDice } from '#test/support/dice.ts'
import { seedFrom } from '#test/support/effort.ts'

const stavropol = region('stavropol')
const { timeZone } = stavropol
const minute = 60_000
const day = 24 * 60 * minute
const seed = seedFrom('LATE_SEED')

/** The notices between a promise and the first human word, if the sweep runs each minute from `from` on. */
const noticesOf = (dueAt: Date, word: Date): Date[] => {
  const notices: Date[] = []
  for (let next = dueAt; next < word; next = nextNoticeAt(stavropol, next)) notices.push(next)
  return notices
}

const hours: (DutyHours | null)[] = [
  null,
  {},
  { mon: ['09:00', '15:00'], wed: ['12:00', '20:00'] },
  { tue: ['20:00', '08:00'], sat: ['10:00', '14:00'] },
  {
    mon: [
      ['09:00', '13:00'],
      ['14:00', '18:00'],
    ],
    thu: [
      ['08:00', '10:00'],
      ['17:00', '20:00'],
    ],
  },
]

describe(`when we are late (seed ${seed})`, () => {
  const dice = createDice(seed)
  const pick = <T>(from: readonly T[]): T => from[dice.below(from.length)] as T

  test('never before what was promised, once a working day, and never after a human word', () => {
    for (let run = 0; run < 2000; run += 1) {
      const said = new Date(Date.UTC(2026, 0, 1) + dice.below(700 * 24 * 60) * minute)
      const reading = readingTime(stavropol, pick(hours), said)
      const word = new Date(said.getTime() + dice.below(30 * 24 * 60) * minute)
      const notices = noticesOf(reading.due, word)
      const at = `${said.toISOString()} → ${word.toISOString()}`
      // The shift that was promised ends after it begins, and after the words.
      expect(reading.due >= reading.at, at).toBe(true)
      expect(reading.due > said, at).toBe(true)
      for (const notice of notices) {
        expect(notice >= reading.due, at).toBe(true)
        expect(notice < word, at).toBe(true)
      }
      const days = notices.map((notice) => dayAt(notice, timeZone))
      expect(new Set(days.map(String)).size, at).toBe(days.length)
      // All but the first, which ends a shift of whoever was to read it, are working days; and none is left out.
      expect(
        days.slice(1).every((one) => isWorkingDay(one, stavropol)),
        at,
      ).toBe(true)
      expect(days.slice(1).map(String), at).toEqual(workingDaysBetween(reading.due, word))
    }
  })

  test('a word before the promised time: no notice at all', () => {
    for (let run = 0; run < 500; run += 1) {
      const said = new Date(Date.UTC(2026, 0, 1) + dice.below(700 * 24 * 60) * minute)
      const { due } = readingTime(stavropol, pick(hours), said)
      const word = new Date(said.getTime() + dice.below(due.getTime() - said.getTime()))
      expect(noticesOf(due, word)).toEqual([])
    }
  })

  test('what is shown is what was promised, until it has passed', () => {
    for (let run = 0; run < 500; run += 1) {
      const said = new Date(Date.UTC(2026, 0, 1) + dice.below(700 * 24 * 60) * minute)
      const reading = readingTime(stavropol, pick(hours), said)
      const fromAt = reading.kind === 'from' ? reading.at : null
      const promise = { id: '', requestId: '', memberId: null, wants: 'word', madeAt: said, fromAt } as const
      const kept = { ...promise, dueAt: reading.due, nextAt: reading.due, notices: 0, endedAt: null }
      expect(promisedAt(kept, said)).toMatchObject({ late: false, kind: reading.kind, at: reading.at })
      expect(promisedAt(kept, new Date(reading.due.getTime() - 1)).late).toBe(false)
      expect(promisedAt(kept, reading.due)).toEqual({
        ...{ late: true, wants: 'word', since: reading.due },
        from: fromAt,
      })
    }
  })
})

/** The working days after the day of the promise whose working time ended before the word. */
const workingDaysBetween = (due: Date, word: Date): string[] => {
  const days: string[] = []
  for (let at = due.getTime() + day; at < word.getTime() + day; at += day) {
    const one = dayAt(new Date(at), timeZone)
    if (isWorkingDay(one, stavropol) && workingDay(stavropol, one)[1] < word) days.push(String(one))
  }
  return days
}
