import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, chooseCurator } from '#features/families/choose-curator.ts'

const territory = fc.constantFrom('a', 'b', 'c')
const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    territories: fc.uniqueArray(territory, { minLength: 1 }),
    away: fc.boolean(),
    families: fc.nat(50),
  }),
  { selector: ({ id }) => id, maxLength: 8 },
)

test('somebody who serves the territory takes the family, if anybody does', () => {
  fc.assert(
    fc.property(candidates, territory, (all, where) => {
      const chosen = all.find(({ id }) => id === chooseCurator(where, all))
      const serving = all.filter(({ territories }) => territories.includes(where))
      expect(chosen === undefined).toBe(serving.length === 0)
      if (!chosen) return
      expect(chosen.territories).toContain(where)
      const there = serving.filter(({ away }) => !away)
      if (there.length > 0) expect(chosen.away).toBe(false)
      for (const other of there.length > 0 ? there : serving)
        expect(other.families).toBeGreaterThanOrEqual(chosen.families)
    }),
  )
})

test('many families are spread evenly, whatever the order of the curators', () => {
  fc.assert(
    fc.property(candidates, fc.nat(60), (all, families) => {
      const there = all.map((one) => ({ ...one, away: false, families: 0, territories: ['a'] }))
      if (there.length === 0) return
      for (let nth = 0; nth < families; nth += 1) {
        const one = there.find(({ id }) => id === chooseCurator('a', there.toReversed()))
        if (one) one.families += 1
      }
      const counts = there.map((one) => one.families)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }),
  )
})
