import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fillForms, formsOf, wordCases } from '#core/region-forms.ts'
import { region, regionCodes } from '#regions/index.ts'
import { formCodes } from '#regions/region-words.ts'
import { readSources } from '../support/sources.ts'
import { buttonsOf, formOf, readTexts } from '../support/texts.ts'
import absent from './absent-words.json' with { type: 'json' }

// A region's staff read no word that their region does not have. Families read the same words, but for the name of the case: they are
// never called recipients.
const root = join(import.meta.dirname, '../..')
const languages = ['ru', 'en'] as const
const tables = { ru: readTexts('ru'), en: readTexts('en') }
const buttons = new Set(readSources('src/**/*.ts').flatMap((source) => buttonsOf(source).keys))
const files: Record<(typeof regionCodes)[number], string> = {
  stavropol: 'stavropol-service-regulation',
  nyagan: 'nyagan-garmonia-leaflet',
  chelyabinsk: 'chelyabinsk-ipss-order',
  novgorod: 'novgorod-model-programme',
  crimea: 'crimea-guidelines',
}

/** What families read of their own case. */
const ofFamilies = /^(?:families\.(?:one|chosen)|home\.families|status\.path\.title)$|^planPdf\./
/** A heading by which a workbook is recognised: the same everywhere. */
const aHeading = 'spreadsheet.fields.family'

/** All texts as the region's centre has them, without those that belong to another region, or that this one says otherwise. */
const saidIn = (code: (typeof regionCodes)[number], language: (typeof languages)[number]) => {
  const table = tables[language]
  const regions = JSON.parse(readFileSync(join(root, `locales/${language}/regions.json`), 'utf8'))
  const forms = formsOf({ regions }, code)
  const { documents, stages } = region(code)
  const own = new Set(documents.map((one) => `documents.names.${one.code}`))
  const instead: [of: string, key: string][] = [
    ...['body'].flatMap((one): [string, string][] => [
      [`regions.${code}.terms.bodyFound`, `needs.foundBy.${one}`],
      [`regions.${code}.terms.bodyFinder`, `needs.finders.${one}`],
    ]),
    [`regions.${code}.terms.decided`, 'decision.by.commission'],
    [`regions.${code}.terms.decidedBy`, 'decide.byCommission'],
  ]
  const replaced = new Set(instead.flatMap(([of, key]) => (table.has(of) ? [key] : [])))
  const isSaid = (key: string): boolean => {
    if (key === aHeading || replaced.has(key)) return false
    // A question that may have been answered keeps its words until its survey has a new version.
    if (key.startsWith('surveyTexts.')) return false
    if (regionCodes.some((other) => other !== code && key.split('.').includes(other))) return false
    if (key.startsWith('documents.names.')) return own.has(key) && !table.has(key.replace('names', code))
    const term = /^worklist\.deadlines\.(.+)$/.exec(key)
    if (term) return !table.has(`regions.${code}.worklist.${term[1]}`)
    const shared = /^regions\.shared\.(\w+)\.(.+)$/.exec(key)
    if (shared) return shared[1] !== 'forms' && !table.has(`regions.${code}.${shared[1]}.${shared[2]}`)
    const column = /^registers\.columns\.(.+)$/.exec(key)
    if (column) return !table.has(`registers.${code}.columns.${column[1]}`)
    return true
  }
  expect(stages.length).toBeGreaterThan(3)
  return [...table]
    .filter(([key]) => isSaid(key))
    .map(([key, text]) => [key, fillForms(text, forms)] as const)
}

describe.each(regionCodes)('%s', (code) => {
  test('the list of words that it does not have is true: none stands in its regulation', () => {
    const text = readFileSync(join(root, `docs/regulations/${files[code]}.txt`), 'utf8')
    const wrong = absent[code].ru.filter((word) => new RegExp(word, 'iu').test(text))
    expect(wrong).toEqual([])
  })

  test.each(languages)('no text says a word that it does not have (%s)', (language) => {
    const words = absent[code][language].map((word) => new RegExp(`(?<!\\p{L})${word}`, 'iu'))
    const texts = saidIn(code, language)
    expect(texts.length).toBeGreaterThan(1500)
    const wrong = texts.filter(
      ([key, text]) => !ofFamilies.test(formOf(key).base) && words.some((word) => word.test(text)),
    )
    expect(wrong.map(([key, text]) => `${key}: ${text}`)).toEqual([])
  })

  test.each(languages)('its words fit on buttons (%s)', (language) => {
    const isButton = (key: string) => buttons.has(key) || /\.buttons\.|\.options\.|Button$/.test(key)
    const long = saidIn(code, language).filter(
      ([key, text]) => isButton(formOf(key).base) && text.replace(/\{\{[^}]*\}\}/g, '00').length > 24,
    )
    expect(long).toEqual([])
  })

  test('families are not called recipients', () => {
    const wrong = saidIn(code, 'ru').filter(
      ([key, text]) => ofFamilies.test(formOf(key).base) && /получател/iu.test(text),
    )
    expect(wrong).toEqual([])
  })
})

test('every word has all cases in both languages, and stands in some text', () => {
  for (const language of languages) {
    const { shared } = JSON.parse(readFileSync(join(root, `locales/${language}/regions.json`), 'utf8'))
    expect(Object.keys(shared.forms)).toEqual([...formCodes])
    for (const forms of Object.values<object>(shared.forms))
      expect(Object.keys(forms)).toEqual([...wordCases])
    const said = [...tables[language].values()].join('\n')
    expect(formCodes.filter((word) => !new RegExp(`\\{\\{${word}:`, 'iu').test(said))).toEqual([])
  }
})

test('a word or a case that nobody has is an error, not a text', () => {
  const forms = { plan: { nom: 'план', gen: 'плана' } }
  expect(fillForms({ a: ['{{Plan:nom}} и {{count}}', 'без {{plan:gen}}'][0] }, forms)).toEqual({
    a: 'План и {{count}}',
  })
  expect(() => fillForms('{{plan:dat}}', forms)).toThrow(/plan:dat/)
  expect(() => fillForms('{{paper:nom}}', forms)).toThrow(/paper:nom/)
})
