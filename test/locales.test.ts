import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSources } from './support/sources.ts'
import {
  askedBy,
  buttonsOf,
  formOf,
  mentionedBy,
  placeholders,
  readTable,
  readTexts,
  type TextTable,
} from './support/texts.ts'

// Texts for people: both languages complete, and in the style of the product.
const root = join(import.meta.dirname, '..')
const languages = ['ru', 'en'] as const
const texts = { ru: readTexts('ru'), en: readTexts('en') }
const plurals = { ru: ['few', 'many', 'one', 'other'], en: ['one', 'other'] }
const src = readSources('src/**/*.ts')

const basesOf = (table: TextTable) => [...new Set([...table.keys()].map((key) => formOf(key).base))].sort()
const known = new Set([...texts.ru.keys(), ...texts.en.keys()].map((key) => formOf(key).base))

const all = languages.flatMap((language) =>
  [...texts[language]].map(([key, text]) => ({ language, key, text, at: `${language} ${key}: ${text}` })),
)

describe('both languages', () => {
  test('have the same keys', () => {
    expect({ onlyRu: missing(texts.ru, texts.en), onlyEn: missing(texts.en, texts.ru) }).toEqual({
      onlyRu: [],
      onlyEn: [],
    })
  })

  test.each(languages)('have all plural forms of their grammar (%s)', (language) => {
    const forms = Map.groupBy(texts[language].keys(), (key) => {
      const { base, minor } = formOf(key)
      return minor ? `${base}_minor` : base
    })
    const wrong = [...forms].flatMap(([key, keys]) => {
      const found = keys.flatMap((one) => formOf(one).plural ?? []).sort()
      const whole = found.length === 0 || found.join() === plurals[language].join()
      return whole ? [] : [`${key}: ${found.join()}`]
    })
    expect(wrong).toEqual([])
  })

  test('use the same values', () => {
    const filled = (table: TextTable) => {
      const byBase = Map.groupBy(table, ([key]) => formOf(key).base)
      return new Map(
        [...byBase].map(([base, own]) => [
          base,
          [...new Set(own.flatMap(([, text]) => placeholders(text)))].sort().join(),
        ]),
      )
    }
    const [ru, en] = [filled(texts.ru), filled(texts.en)]
    const wrong = basesOf(texts.ru)
      .filter((base) => en.has(base))
      .map((base) => ({ base, ru: ru.get(base), en: en.get(base) }))
      .filter(({ ru, en }) => ru !== en)
    expect(wrong).toEqual([])
  })

  test('are not mixed: no Cyrillic in English except for the name of a language', () => {
    const foreign = all.filter(({ language, key, text }) => {
      return language === 'en' && !/(^|\.)language(\.|$)/.test(key) && /\p{Script=Cyrillic}/u.test(text)
    })
    expect(foreign.map(({ at }) => at)).toEqual([])
  })

  test('have the same consents', () => {
    const consents = (language: string) => readdirSync(join(root, 'locales', language, 'consents')).sort()
    expect(consents('en')).toEqual(consents('ru'))
  })

  test("have the same texts on the sandbox's page", () => {
    const words = (language: string) =>
      readTable(join(root, `src/sandbox/page/words/${language}.json`)).map(([key]) => formOf(key).base)
    expect([...new Set(words('en'))].sort()).toEqual([...new Set(words('ru'))].sort())
  })
})

describe('the code and the texts', () => {
  test('every key in the code has a text', () => {
    const wrong = src
      .map(askedBy)
      .flatMap(({ path, keys, patterns }) => [
        ...keys.filter((key) => !known.has(key)).map((key) => `${path}: ${key}`),
        ...patterns
          .filter((one) => ![...known].some((key) => one.test(key)))
          .map((one) => `${path}: ${one.source}`),
      ])
    expect(wrong).toEqual([])
  })

  test('every text is used', () => {
    const mentioned = src.map(mentionedBy)
    const keys = new Set(mentioned.flatMap((one) => one.keys))
    // The consents name the region with an entry of its own; forms are put into the other texts.
    const patterns = [
      ...mentioned.flatMap((one) => one.patterns),
      /^regions\.\w+\.name$/,
      /^regions\.\w+\.forms\./,
    ]
    expect([...known].filter((key) => !keys.has(key) && !patterns.some((one) => one.test(key)))).toEqual([])
  })
})

describe('the style', () => {
  test('a button has at most 24 characters', () => {
    const named = new Set(src.flatMap((source) => buttonsOf(source).keys))
    const isButton = (key: string) => named.has(key) || /\.buttons\.|\.options\.|Button$/.test(key)
    // A value counts as two characters.
    const length = (text: string) => [...text.replace(/\{\{[^}]*\}\}/g, '00')].length
    const buttons = all.filter(({ key }) => isButton(formOf(key).base))
    expect(buttons.length).toBeGreaterThan(20)
    expect(buttons.filter(({ text }) => length(text) > 24).map(({ at }) => at)).toEqual([])
  })

  test('no gender forms in brackets', () => {
    expect(
      all.filter(({ text }) => /\p{L}\s?\((?:а|ла|ась|ая|на|ся)\)/u.test(text)).map(({ at }) => at),
    ).toEqual([])
  })

  test('what a family asks for is an «обращение», and no other word: neither заявление nor заявка, no line of a chat', () => {
    const read =
      /^(?:answers|cannotTalk|decision|ends|help|home|danger|heard|late|question|status|summary|underTen|words)\./
    const named = /заявлен|заявк/iu
    // «Одним сообщением» is a line of the chat, and so is what somebody who holds the phone sees.
    const line =
      /(?:получили|прочитал|отозвано|хранить и читать|занимается|№)[^.!?\n]*сообщени|сообщени\p{L}+ (?:отозван|принят|закрыт|№|\{\{number)/iu
    const family = [...texts.ru].filter(([key]) => read.test(key))
    expect(family.length).toBeGreaterThan(300)
    expect(
      family
        .filter(([, text]) => named.test(text) || line.test(text))
        .map(([key, text]) => `${key}: ${text}`),
    ).toEqual([])
  })

  test('no double, leading or trailing spaces', () => {
    expect(all.filter(({ text }) => / {2}|^\s|\s$|[ \t]\n/.test(text)).map(({ at }) => at)).toEqual([])
  })

  test.each([...new Set([...texts.ru.keys()].map((key) => key.split('.')[0] ?? ''))])(
    'Russian sentences have 12 words at most on average: %s',
    (screen) => {
      const own = [...texts.ru].filter(([key]) => key.startsWith(`${screen}.`))
      const lengths = own.flatMap(([, text]) => sentenceLengths(text))
      const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(lengths.length, 1)
      expect(average).toBeLessThanOrEqual(12)
    },
  )
})

const missing = (one: TextTable, other: TextTable): string[] => {
  const bases = new Set(basesOf(other))
  return basesOf(one).filter((base) => !bases.has(base))
}

const sentenceLengths = (text: string): number[] =>
  text
    .replace(/<[^>]+>/g, '')
    .split(/(?<=[.!?…:])\s+|\n+/)
    .map((sentence) => sentence.match(/[\p{L}\p{N}{][\p{L}\p{N}{}-]*/gu)?.length ?? 0)
    .filter((length) => length > 0)
