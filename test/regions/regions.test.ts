import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addresses, languages, loadTexts } from '#core/text.ts'
import { optionButton } from '#dialogue/intake/option-label-view.ts'
import { type RegionCode, region, regionCodes, regionTexts } from '#regions/index.ts'
import { type Need, circumstanceGroups, deadlineCodes, helpKinds, regionTextSchema } from '#regions/schema.ts'

const locales = join(import.meta.dirname, '../../locales')
const texts = await loadTexts(locales)
const rules = (code: RegionCode) =>
  Object.fromEntries(
    deadlineCodes.map((deadline) => {
      const { value, source } = region(code).deadlines[deadline]
      return [
        deadline,
        [value.days, value.dayKind, value.from, source === 'default' ? source : source.clause],
      ]
    }),
  )

describe('the regulations as data', () => {
  it.each(regionCodes)('%s satisfies the schema, and no code stands twice in a list', (code) => {
    expect(regionTextSchema.parse(regionTexts[code])).toEqual(regionTexts[code])
    const { territories, categories, circumstances, representatives, stages } = region(code)
    const lists = [territories, categories, circumstances].map((list) => list.map((one) => one.code))
    for (const list of [...lists, representatives, stages]) expect(new Set(list).size).toBe(list.length)
  })

  it.each(regionCodes)('%s names a time zone that exists', (code) => {
    expect(() => new Intl.DateTimeFormat('ru', { timeZone: region(code).timeZone })).not.toThrow()
  })

  it('Stavropol: the 33 circumstances of 3.1, in its order, each in a group', () => {
    const { circumstances, categories } = region('stavropol')
    expect(categories).toEqual([])
    expect(circumstances.map(({ source }) => source)).toEqual(
      Array.from({ length: 33 }, (_, index) => ({ clause: `3.1 (${index + 1})` })),
    )
    expect(new Set(circumstances.map(({ group }) => group))).toEqual(new Set(circumstanceGroups))
  })

  it('Stavropol: its own deadlines and lengths', () => {
    expect(rules('stavropol')).toEqual({
      'home-survey': [3, 'calendar', 'survey-referral', '6.6'],
      'commission-decision': [5, 'working', 'application', '6.8'],
      ipss: [10, 'working', 'application', '6.12'],
      'ipss-copy': [10, 'working', 'application', '6.14'],
      contract: [1, 'working', 'ipss-approval', '6.16'],
    })
    expect(region('stavropol').supportMonths).toEqual({
      adaptation: { value: 12, source: { clause: '6.11' } },
      basic: { value: 12, source: { clause: '6.11' } },
      crisis: { value: 6, source: { clause: '6.11' } },
      emergency: { value: 3, source: { clause: '6.11' } },
    })
  })

  it('Nyagan: twelve categories of its own; terms and lengths are the default, and say so', () => {
    expect(region('nyagan').categories).toHaveLength(12)
    expect(region('nyagan').nextStep).toEqual({
      value: { code: 'commission-decision', days: 5, dayKind: 'working', from: 'application', clause: '6.8' },
      source: 'default',
    })
    expect(Object.values(rules('nyagan')).every(([, , , source]) => source === 'default')).toBe(true)
    expect(region('nyagan').supportMonths.crisis).toEqual({ value: 6, source: 'default' })
  })

  it('Nyagan: the default circumstances, without those that its categories already ask about', () => {
    const { categories, circumstances } = region('nyagan')
    const asked = new Set(categories.map(({ code }) => code))
    expect(circumstances.filter(({ code }) => asked.has(code))).toEqual([])
    expect(circumstances.filter(({ source }) => source !== 'default' && !source.act)).toEqual([])
    const all = new Set([...asked, ...circumstances.map(({ code }) => code)])
    for (const { code } of region('stavropol').circumstances) expect(all).toContain(code)
  })

  it.each([
    ['stavropol', 'parent', true, 'application'],
    ['stavropol', 'representative', true, 'application'],
    ['stavropol', 'minor', true, 'message'],
    ['stavropol', 'other-person', true, 'message'],
    ['nyagan', 'parent', true, 'application'],
    ['nyagan', 'representative', true, 'application'],
    ['nyagan', 'minor', true, 'application'],
    ['nyagan', 'other-person', false, 'message'],
    ['chelyabinsk', 'parent', true, 'application'],
    ['chelyabinsk', 'minor', true, 'message'],
    ['novgorod', 'representative', true, 'application'],
    ['novgorod', 'minor', true, 'message'],
    ['novgorod', 'other-person', true, 'message'],
    ['crimea', 'minor', true, 'message'],
  ] as const)('%s: %s may ask: %s, registered as %s', (code, applicant, allowed, registeredAs) => {
    expect(region(code).applicants[applicant]).toMatchObject({ allowed, registeredAs })
  })

  it.each([
    ['chelyabinsk', 9, 8, 5, 4],
    ['stavropol', 0, 33, 5, 4],
    ['nyagan', 12, 0, 5, 0],
    ['novgorod', 10, 0, 5, 0],
    ['crimea', 0, 8, 6, 0],
  ] as const)(
    '%s: %i categories, %i circumstances, %i kinds of help, %i levels with a length of its own text',
    (code, categories, circumstances, kinds, levels) => {
      const text = regionTexts[code]
      const lengths = Object.values(text.supportLevels).filter(({ months }) => months !== undefined)
      expect([
        text.categories.length,
        text.circumstances.length,
        text.helpKinds.length,
        lengths.length,
      ]).toEqual([categories, circumstances, kinds, levels])
    },
  )

  it('each new region: its own terms, and where it is silent the default, marked so', () => {
    const own = (code: RegionCode) =>
      Object.entries(rules(code)).filter(([, [, , , source]]) => source !== 'default')
    expect(own('chelyabinsk')).toEqual([['ipss', [10, 'working', 'contract', '3.2.1']]])
    expect(own('novgorod')).toEqual([['ipss', [30, 'calendar', 'contract', '3.5.2']]])
    expect(own('crimea')).toEqual([])
    expect(region('chelyabinsk').supportMonths.emergency).toEqual({ value: 3, source: { clause: '2.11' } })
    expect(region('novgorod').supportMonths.emergency).toEqual({ value: 3, source: 'default' })
    for (const code of ['chelyabinsk', 'novgorod', 'crimea'] as const)
      expect(Object.values(region(code).visitCadence).every(({ source }) => source === 'default')).toBe(true)
  })

  it('shows of every circumstance whether the region, 442-ФЗ or the product names it', () => {
    const sources = (code: RegionCode) =>
      Map.groupBy(region(code).circumstances, ({ source }) =>
        source === 'default' ? 'product' : (source.act ?? 'region'),
      )
    const counts = (code: RegionCode) =>
      [...sources(code)].map(([source, list]) => [source, list.length]).toSorted()
    expect(counts('stavropol')).toEqual([['region', 33]])
    expect(counts('crimea')).toEqual([
      ['product', 5],
      ['region', 8],
    ])
    expect(
      sources('novgorod')
        .get('442-FZ')
        ?.map(({ code }) => code),
    ).toEqual(
      region('crimea')
        .circumstances.slice(0, 7)
        .map(({ code }) => code),
    )
    // What Chelyabinsk's text does not name, and somebody in danger must find all the same.
    expect(
      sources('chelyabinsk')
        .get('product')
        ?.map(({ code }) => code),
    ).toEqual(['suicide-risk', 'self-harm', 'drawn-into-crime'])
    expect(
      sources('chelyabinsk')
        .get('442-FZ')
        ?.map(({ code }) => code),
    ).toEqual(['family-conflict'])
  })

  it('the contract precedes the plan in Novgorod and Chelyabinsk, and follows it in Stavropol and Nyagan', () => {
    const order = (code: RegionCode, contract: string, plan: string) =>
      region(code).stages.indexOf(contract) < region(code).stages.indexOf(plan)
    expect(order('novgorod', 'contract', 'agreed-plan')).toBe(true)
    expect(order('chelyabinsk', 'agreement', 'ipss')).toBe(true)
    expect(order('stavropol', 'contract', 'ipss')).toBe(false)
    expect(order('nyagan', 'contract', 'ipss')).toBe(false)
  })

  it('what speaks of violence or suicide is hinted as urgent in every region', () => {
    const urgent = (list: readonly Pick<Need, 'code' | 'urgentHint'>[]) =>
      list.filter(({ urgentHint }) => urgentHint).map(({ code }) => code)
    const expected = [
      'child-abuse',
      'drawn-into-crime',
      'family-conflict',
      'family-in-danger',
      'self-harm',
      'suicide-risk',
    ]
    for (const code of regionCodes) {
      const { categories, circumstances } = region(code)
      const found = [...urgent(categories), ...urgent(circumstances)].sort()
      expect(found.filter((one) => one !== 'life-threatening-conflict')).toEqual(expected)
    }
  })
})

/** Own names first, then the shared ones: the way in which a screen looks them up. */
const named = (code: string, list: string, one: string, has: (key: string) => boolean) =>
  [`regions.${code}.${list}.${one}`, `regions.shared.${list}.${one}`].find(has)

describe.each(languages.flatMap((language) => addresses.map((address) => [language, address] as const)))(
  'names in %s for %s',
  (language, address) => {
    const say = texts.for(language, address)

    it.each(regionCodes)('%s: every code has a name that fits a button', (code) => {
      const { categories, circumstances, representatives, stages } = region(code)
      const lists: [string, readonly string[]][] = [
        ['categories', categories.map((one) => one.code)],
        ['circumstances', circumstances.map((one) => one.code)],
        ['official', [...categories, ...circumstances].map((one) => one.code)],
        ['representatives', representatives],
        ['groups', circumstanceGroups],
        ['helpKinds', helpKinds],
        ['deadlines', deadlineCodes],
        ['stages', stages],
        ['steps', stages],
        ['terms', ['decider', 'deciderFirst']],
      ]
      for (const [list, codes] of lists) {
        for (const one of codes) {
          const key = named(code, list, one, say.has)
          const text = key === undefined ? '' : say.label(key)
          expect.soft(text, `${list}.${one}`).not.toBe('')
          if (list !== 'official') expect.soft(text.length, `${list}.${one}: ${text}`).toBeLessThanOrEqual(40)
        }
      }
      expect(say.label(`regions.${code}.name`)).not.toBe('')
      // One line at 360 px, with the tick in front.
      for (const [list, entries] of Object.entries({ categories, circumstances }))
        for (const one of entries)
          expect.soft(optionButton(say, code, list, one.code).length, one.code).toBeLessThanOrEqual(34)
    })

    it.each(regionCodes)('%s: no two buttons of one question say the same', (code) => {
      const { categories, circumstances } = region(code)
      for (const [list, entries] of Object.entries({ categories, circumstances })) {
        const labels = entries.map((one) => say.label(named(code, list, one.code, say.has) ?? ''))
        expect(labels).toEqual([...new Set(labels)])
      }
    })
  },
)

it('no name speaks of a man or a woman where it means anybody, and none says «вы» to a minor', () => {
  const russian = readFileSync(join(locales, 'ru/regions.json'), 'utf8')
  expect(russian).not.toMatch(/\([аa]\)|\bдолжен\b|\bсогласен\b/u)
  const forMinors = russian.split('\n').filter((line) => line.includes('_minor"'))
  expect(forMinors.filter((line) => /(?<!\p{L})(вы|вас|вам|ваш\p{L}*)(?!\p{L})/iu.test(line))).toEqual([])
})
