import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CaseNeed, holdsOn, mainCategoryOn } from '#features/needs/case-needs.ts'

const days = ['2026-11-01', '2026-11-05', '2026-11-10', '2026-11-15', '2026-11-20'] as const
const needs = fc
  .array(
    fc.record({
      kind: fc.constantFrom('category' as const, 'circumstance' as const),
      since: fc.constantFrom(...days),
      length: fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }),
      withdrawn: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map(({ kind, since, length, withdrawn }, index): CaseNeed => {
      const until = length === null ? null : (days[days.indexOf(since) + length] ?? null)
      return {
        ...{ needId: String(index), kind, code: `code-${index}`, since, until, withdrawn },
        ...{ foundBy: 'staff', versions: [] },
      }
    }),
  )
const marks = fc.array(
  fc.record({ needId: fc.integer({ min: 0, max: 6 }).map(String), since: fc.constantFrom(...days) }),
  { maxLength: 5 },
)

test('on each day exactly one category that holds is the main one, where any holds', () => {
  fc.assert(
    fc.property(needs, marks, fc.constantFrom(...days), (all, marked, day) => {
      const holding = all.filter((need) => need.kind === 'category' && holdsOn(need, day))
      const main = mainCategoryOn({ needs: all, marks: marked }, day)
      if (holding.length === 0) {
        expect(main).toBeNull()
        return
      }
      expect(holding).toContain(main)
      // The last mark that names one of them is heard.
      const last = marked
        .filter(({ since, needId }) => since <= day && holding.some((need) => need.needId === needId))
        .reduce<{ needId: string; since: string } | null>((a, b) => (a && a.since > b.since ? a : b), null)
      if (last) expect(main?.needId).toBe(last.needId)
    }),
  )
})
