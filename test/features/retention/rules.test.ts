import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retentionRules, termOf } from '#features/retention/rules.ts'

const day = 24 * 60 * 60_000
const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })

test('each kind has one rule, and only what the centre decides waits for the centre', () => {
  const kinds = retentionRules.map(({ kind }) => kind)
  expect(new Set(kinds).size).toBe(kinds.length)
  const now = new Date('2026-11-29T12:00:00Z')
  const unset = retentionRules.filter((rule) => termOf(rule, { now, closedYears: undefined }) === null)
  expect(unset.map(({ kind }) => kind)).toEqual(['closed-cases', 'closed-requests'])
})

test('a term never lies in the future, and moves on with the clock', () => {
  fc.assert(
    fc.property(
      moments,
      fc.integer({ min: 1, max: 99 }),
      fc.nat({ max: 4000 }),
      (now, closedYears, later) => {
        const after = new Date(now.getTime() + later * day)
        for (const rule of retentionRules) {
          const [term, next] = [now, after].map(
            (one) => termOf(rule, { now: one, closedYears })?.getTime() ?? 0,
          )
          expect(term).toBeLessThanOrEqual(now.getTime())
          expect(next).toBeGreaterThanOrEqual(term ?? 0)
        }
      },
    ),
  )
})

test('years are years of the calendar: nothing goes a day early, 29 February included', () => {
  const audit = { keeps: { years: 3 } } as const
  const of = (now: string) => termOf(audit, { now: new Date(now), closedYears: undefined })?.toISOString()
  expect(of('2028-02-29T10:00:00Z')).toBe('2025-02-28T10:00:00.000Z')
  expect(of('2027-03-01T00:00:00Z')).toBe('2024-03-01T00:00:00.000Z')
  fc.assert(
    fc.property(moments, (now) => {
      const term = termOf(audit, { now, closedYears: undefined })
      expect((now.getTime() - (term?.getTime() ?? 0)) / day).toBeGreaterThanOrEqual(1095)
    }),
  )
})
