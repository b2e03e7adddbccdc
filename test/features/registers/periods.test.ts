import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isQuarter, periodBefore, periodProblem } from '#features/registers/periods.ts'
import { revealed } from '#features/registers/register.ts'

const day = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }))
const period = fc
  .tuple(day, fc.integer({ min: 0, max: 365 }))
  .map(([from, days]) => ({ from: from.toString(), until: from.add({ days }).toString() }))

test('the period before ends the day before, is as long, and of a quarter it is the quarter before', () => {
  fc.assert(
    fc.property(period, (given) => {
      const before = periodBefore(given)
      const next = Temporal.PlainDate.from(before.until).add({ days: 1 })
      expect(next.toString()).toBe(given.from)
      expect(before.from <= before.until).toBe(true)
      if (isQuarter(given)) expect(isQuarter(before)).toBe(true)
      const length = ({ from, until }: typeof given) => Temporal.PlainDate.from(from).until(until).days
      // Months differ by some days.
      expect(Math.abs(length(before) - length(given))).toBeLessThanOrEqual(3)
    }),
  )
  expect(periodBefore({ from: '2026-03-01', until: '2026-03-31' })).toEqual({
    ...{ from: '2026-02-01', until: '2026-02-28' },
  })
  expect(periodBefore({ from: '2026-03-02', until: '2026-03-04' })).toEqual({
    ...{ from: '2026-02-27', until: '2026-03-01' },
  })
})

test.each([
  ['2026-01-01', '2026-12-31', null],
  ['2024-02-29', '2025-02-27', null],
  ['2026-01-01', '2027-01-01', 'too-long'],
  ['2026-06-02', '2026-06-01', 'order'],
  ['2026-12-02', '2026-12-31', 'future'],
  ['2026-12-01', '2026-12-31', null],
] as const)('%s – %s: %s', (from, until, problem) => {
  expect(periodProblem({ from, until }, '2026-12-01')).toBe(problem)
})

test('quarters do not overlap: what a reader without families may ask for', () => {
  const quarters = [
    ['2026-01-01', '2026-03-31'],
    ['2026-10-01', '2026-12-31'],
  ] as const
  for (const [from, until] of quarters) expect(isQuarter({ from, until })).toBe(true)
  for (const [from, until] of [
    ['2026-02-01', '2026-04-30'],
    ['2026-01-01', '2026-06-30'],
    ['2026-01-01', '2026-03-30'],
  ] as const)
    expect(isQuarter({ from, until })).toBe(false)
})

test('a figure of one to four families is hidden from whoever may not open them, and no other', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 12 }), { maxLength: 6 }), fc.boolean(), (sizes, guarded) => {
      const counts = Object.fromEntries(
        sizes.map((size, place) => [
          `c${place}`,
          // Ten helps of each family are no more families.
          { count: size * 10, families: Array.from({ length: Math.min(size, 5) }, (_, one) => `f${one}`) },
        ]),
      )
      const { cells, hidden } = revealed({ code: 'row', counts }, { guarded })
      for (const [place, size] of sizes.entries()) {
        const few = guarded && size > 0 && size < 5
        expect(cells[`c${place}`]).toBe(few ? null : size * 10)
        expect(hidden.includes(`c${place}`)).toBe(few)
      }
    }),
  )
})
