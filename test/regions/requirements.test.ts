import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { type RegionCode, region, regionCodes, regionTexts } from '#regions/index.ts'
import {
  countStatuses,
  madePage,
  missingWords,
  pagePath,
  plain,
  regulationText,
  requirementsOf,
  statuses,
} from '#test/support/requirements.ts'

const root = join(import.meta.dirname, '../..')
const texts = await loadTexts(join(root, 'locales'))
const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null)

/** How many requirements were counted in each text. A requirement without a status does not pass the schema. */
const counted: Readonly<Record<RegionCode, number>> = {
  stavropol: 99,
  nyagan: 25,
  chelyabinsk: 52,
  novgorod: 75,
  crimea: 39,
}

describe.each(regionCodes)('%s', (code) => {
  const list = requirementsOf(code)

  it('has a status for every requirement of its text', () => {
    expect(list).toHaveLength(counted[code])
  })

  it('quotes the words of the text', () => {
    const text = regulationText(code)
    const wrong = list.map(({ clause, quote }) => [clause, missingWords(text, quote)] as const)
    expect(wrong.filter(([, part]) => part !== null)).toEqual([])
  })

  it('names files and tests that exist, and tests that have that title', () => {
    const held = list.filter((one) => one.status === 'held')
    const wrong = held.filter(({ file, test, shows }) => read(file) === null || !read(test)?.includes(shows))
    expect(wrong.map(({ clause, file, test, shows }) => [clause, file, test, shows])).toEqual([])
  })
})

it.each(regionCodes)(
  '%s: the documents of its requirements are those of the region, and have names',
  (code) => {
    const known = region(code).documents.map((one) => one.code)
    const named = requirementsOf(code).flatMap((one) => ('document' in one ? [one.document] : []))
    expect([...new Set(named)].toSorted()).toEqual(known.toSorted())
    for (const language of ['ru', 'en'] as const)
      for (const one of known)
        expect(texts.for(language, 'adult').label(`documents.names.${one}`)).not.toBe('')
  },
)

it('the page is what the data says: node scripts/regulations.ts', () => {
  const page = readFileSync(pagePath, 'utf8')
  expect(madePage(page)).toBe(page)
  const counts = regionCodes.map((code) => [code, ...countStatuses(requirementsOf(code))])
  process.stdout.write(
    `${[['requirements', ...statuses], ...counts].map((row) => row.join(' · ')).join('\n')}\n`,
  )
})

/** Wordings whose words in the text are others: slips of the text, lists that share words, another case. */
const inTheText: Readonly<Record<string, string>> = {
  'chelyabinsk child-abuse':
    'наличие признаков насилия, жестокого обращения родителей (законных представителей) с ребенком (детями), включая физическое',
  'nyagan family-in-danger': 'семьи, находящиеся в социально-опасном положении',
  'nyagan parent-addiction':
    'семьи с несовершеннолетними детьми, которых один или оба родителя страдают алкогольной или наркотической зависимостью',
  'novgorod early-health-needs': 'детей с ограниченными возможностями здоровья в возрасте до 3 лет',
  'novgorod family-in-danger': 'семья, находящая в социально опасном положении',
  'crimea self-care-loss':
    'полной или частичной утраты способности либо возможности осуществлять самообслуживание',
  'crimea disabled-relative': 'наличия в семье инвалида или инвалидов',
  // One of those «находящихся в социально опасном положении», before the list.
  'stavropol emergency-1': 'семей, находящихся в социально опасном положении',
  'crimea child-adaptation':
    'наличия ребенка или детей (в том числе находящихся под опекой, попечительством)',
  'crimea no-carer': 'отсутствия возможности обеспечения ухода (в том числе временного)',
  'crimea family-conflict': 'наличия внутрисемейного конфликта, в том числе с лицами',
  'crimea no-home': 'отсутствия определенного места жительства',
  'crimea no-work': 'отсутствия работы и средств к существованию',
  'crimea other-circumstance': 'наличия иных обстоятельств, которые нормативными правовыми актами',
}

describe('official wordings', () => {
  const say = texts.for('ru', 'adult')
  const bare = (text: string) => plain(text).toLowerCase().replaceAll('ё', 'е')

  it.each(regionCodes)('%s: the official words are the words of the text', (code) => {
    const text = bare(regulationText(code))
    const { categories, circumstances } = regionTexts[code]
    const wrong = [...categories, ...circumstances].filter((one) => {
      const own = `regions.${code}.official.${one.code}`
      const official = say.label(say.has(own) ? own : `regions.shared.official.${one.code}`)
      return !text.includes(bare(inTheText[`${code} ${one.code}`] ?? official))
    })
    expect(wrong).toEqual([])
  })

  it('stavropol: the words of the signs of the levels are the words of 4.1', () => {
    const text = bare(regulationText('stavropol'))
    const { levelSigns } = region('stavropol')
    const wrong = levelSigns.filter(({ code }) => {
      const words = inTheText[`stavropol ${code}`] ?? say.label(`regions.stavropol.levelSigns.${code}`)
      return !text.includes(bare(words))
    })
    expect([levelSigns.length, wrong]).toEqual([24, []])
  })
})

it('Chelyabinsk: 12, 12, 6 and 3 months, each by its own clause', () => {
  expect(region('chelyabinsk').supportMonths).toEqual({
    adaptation: { value: 12, source: { clause: '2.8' } },
    basic: { value: 12, source: { clause: '2.9' } },
    crisis: { value: 6, source: { clause: '2.10' } },
    emergency: { value: 3, source: { clause: '2.11' } },
  })
})
