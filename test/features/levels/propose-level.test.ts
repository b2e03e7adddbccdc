import fc from 'fast-check'
import { expect, test } from 'vitest'
import { proposeLevel } from '#features/levels/propose-level.ts'
import { region, regionCodes } from '#regions/index.ts'
import { supportLevels } from '#storage/families/families.ts'

const { levelSigns } = region('stavropol')

test('Stavropol 4.1: 4 + 8 + 5 + 7 signs; no other region names any', () => {
  const counts = supportLevels.map((level) => levelSigns.filter((sign) => sign.level === level).length)
  expect(counts).toEqual([4, 8, 5, 7])
  for (const code of regionCodes) if (code !== 'stavropol') expect(region(code).levelSigns).toEqual([])
})

test('the proposal is the highest level of the ticked signs, with these signs; nothing ticked proposes nothing', () => {
  const ticks = fc.subarray(levelSigns.map(({ code }) => code))
  fc.assert(
    fc.property(ticks, (ticked) => {
      const proposal = proposeLevel({ levelSigns }, ticked)
      expect(proposal === null).toBe(ticked.length === 0)
      const ranks = levelSigns
        .filter(({ code }) => ticked.includes(code))
        .map(({ level }) => supportLevels.indexOf(level))
      if (!proposal) return
      expect(supportLevels.indexOf(proposal.level)).toBe(Math.max(...ranks))
      expect(proposal.signs.length).toBeGreaterThan(0)
      for (const { code, level } of proposal.signs) {
        expect(level).toBe(proposal.level)
        expect(ticked).toContain(code)
      }
    }),
  )
})
