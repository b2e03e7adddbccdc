import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { type RegionCode, region, regionCodes } from '#regions/index.ts'
import { plain, regulationText } from '#test/support/requirements.ts'

const texts = await loadTexts(join(import.meta.dirname, '../../locales'))
const counted: Readonly<Record<RegionCode, number>> = {
  stavropol: 42,
  nyagan: 0,
  chelyabinsk: 0,
  // Nine practices, and the four kinds of assistance of the report's row 1.6.
  novgorod: 13,
  crimea: 34,
}

describe.each(regionCodes)('the catalogue of help of %s', (code) => {
  const { catalogue, helpKinds } = region(code)

  it('has every help once, in the words of the text, of a kind that the region has', () => {
    expect(catalogue).toHaveLength(counted[code])
    expect(new Set(catalogue.map((one) => one.code)).size).toBe(catalogue.length)
    const text = regulationText(code)
    expect(catalogue.filter(({ official }) => !text.includes(plain(official)))).toEqual([])
    expect(catalogue.filter(({ kind }) => kind !== null && !helpKinds.includes(kind))).toEqual([])
  })

  it('says each in plain words, in both languages', () => {
    for (const language of ['ru', 'en'] as const)
      for (const one of catalogue) {
        const said = texts.for(language, 'adult').label(`catalogue.${code}.${one.code}`)
        expect.soft(said.split(/\s+/).length, said).toBeLessThanOrEqual(14)
      }
  })
})

it('counts by kind as the texts do', () => {
  const kinds = (code: RegionCode) =>
    Object.fromEntries(
      [...Map.groupBy(region(code).catalogue, ({ kind }) => kind ?? 'any')].map(([k, l]) => [k, l.length]),
    )
  expect(kinds('stavropol')).toEqual({ psychological: 9, medical: 4, legal: 7, pedagogical: 13, social: 9 })
  expect(Object.keys(kinds('crimea')).toSorted()).toEqual([...region('crimea').helpKinds].toSorted())
  expect(kinds('novgorod')).toMatchObject({ any: 9 })
  const rows = region('novgorod').catalogue.flatMap(({ reportRows = [] }) => reportRows)
  expect([...new Set(rows)].toSorted()).toEqual(['1.6.1', '1.6.2', '1.6.3', '1.6.4'])
})
