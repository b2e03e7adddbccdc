import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clashesAmong } from '#features/visits/calendar.ts'

const minute = 60_000
const aVisit = fc
  .record({
    staffId: fc.constantFrom('irina', 'oleg'),
    status: fc.constantFrom('planned' as const, 'done' as const),
    from: fc.integer({ min: 0, max: 600 }),
    lasts: fc.integer({ min: 15, max: 180 }),
  })
  .map(({ from, lasts, ...rest }) => ({
    ...rest,
    startsAt: new Date(from * minute),
    endsAt: new Date((from + lasts) * minute),
  }))

test('a visit clashes exactly if the same person has another one at that time, or less than half an hour away', () => {
  fc.assert(
    fc.property(fc.array(aVisit, { maxLength: 8 }), (given) => {
      const visits = given.map((one, nth) => ({ ...one, id: String(nth) }))
      const found = clashesAmong(visits)
      for (const one of visits) {
        const others = visits.filter(
          (other) => other.id !== one.id && other.staffId === one.staffId && other.status === 'planned',
        )
        const gap = (other: (typeof visits)[number]) =>
          Math.max(+other.startsAt - +one.endsAt, +one.startsAt - +other.endsAt)
        const nearest = Math.min(...others.map(gap))
        const wanted =
          one.status !== 'planned'
            ? undefined
            : nearest < 0
              ? 'overlap'
              : nearest < 30 * minute
                ? 'travel'
                : undefined
        expect(found.get(one.id)).toBe(wanted)
      }
    }),
  )
})
