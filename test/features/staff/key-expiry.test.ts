import fc from 'fast-check'
import { expect, test } from 'vitest'
import { viewingLimit } from '#features/staff/bulk-viewing.ts'
import { daysLeft, dueWarning, warningDays } from '#features/staff/key-expiry.ts'

const hour = 60 * 60 * 1000
const end = new Date('2027-03-01T12:00:00Z')
const before = (hours: number) => new Date(end.getTime() - hours * hour)

test.each([
  [31 * 24, null, null],
  [30 * 24, null, 30],
  [29 * 24, 30, null],
  [7 * 24, 30, 7],
  [3 * 24, null, 7],
  [24, 7, 1],
  [1, 1, null],
  [1, null, 1],
  [0, null, null],
  [-1, 30, null],
])('%i hours before the end, warned at %s: %s', (hours, expiryWarned, due) => {
  expect(dueWarning({ expiresAt: end, expiryWarned }, before(hours))).toBe(due)
})

test('however seldom the check runs, each warning comes once at most, and one always comes in time', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 48 }), { maxLength: 80 }), (pauses) => {
      let expiryWarned: number | null = null
      const given: number[] = []
      let left = 40 * 24
      for (const pause of pauses) {
        left -= pause
        const due = dueWarning({ expiresAt: end, expiryWarned }, before(left))
        if (due === null) continue
        given.push(due)
        expiryWarned = due
        expect(daysLeft(end, before(left))).toBeLessThanOrEqual(due)
      }
      expect(given).toEqual(warningDays.filter((days) => given.includes(days)))
      if (left > 0 && left <= 30 * 24) expect(given.length).toBeGreaterThan(0)
    }),
  )
})

test('what is usual depends on the role, unless the actor has a limit of their own', () => {
  const limits = ([...['curator', 'intake', 'supervisor'], null] as const).map((role) =>
    viewingLimit({ role: role as 'curator' | null, perHour: null }),
  )
  expect(new Set(limits).size).toBe(4)
  expect(viewingLimit({ role: 'curator', perHour: 5 })).toBe(5)
  expect(viewingLimit({ role: null, perHour: 5000 })).toBe(5000)
})
