import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { factIds, factOf } from '#regions/facts.ts'
import { guide } from '#regions/guide.ts'
import { regionCodes } from '#regions/index.ts'
import { readTexts } from '#test/support/texts.ts'

// Words, data and sources of the guide name the same facts; and no number to call is printed that nobody has looked up.
const root = join(import.meta.dirname, '../..')
const texts = { ru: readTexts('ru'), en: readTexts('en') }
const both = ['ru', 'en'] as const

const rows = readFileSync(join(root, 'docs/humane-facts.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, clause, source, mark, confirms] =
      /^\| `([a-z-]+)` \| (.+) \| (.+) \| (\w+) \| (\w+) \|$/.exec(line) ?? []
    return id ? [{ id, clause, source, mark, confirms }] : []
  })

const under = (language: (typeof both)[number], part: string): string[] =>
  [...texts[language].keys()].filter((key) => key.startsWith(`${part}.`))

test('every fact has its row of sources, and every row its fact', () => {
  expect(rows.map(({ id }) => id)).toEqual(factIds)
  for (const { id, mark, confirms, source } of rows) {
    expect(factOf(id as (typeof factIds)[number]), id).toMatchObject({ mark, confirms })
    expect(source?.trim(), id).not.toBe('')
  }
})

describe.each(both)('in %s', (language) => {
  test('every fact has its clause in words, and no others', () => {
    const allowed = new Set<string>(
      factIds.flatMap((id) =>
        factOf(id).regional ? regionCodes.map((code) => `facts.${id}.${code}`) : [`facts.${id}`],
      ),
    )
    expect(under(language, 'facts').filter((key) => !allowed.has(key))).toEqual([])
    const said = under(language, 'facts').join('\n')
    expect(factIds.filter((id) => !said.includes(`facts.${id}`))).toEqual([])
  })

  test.each(['fears', 'tonight'] as const)(
    'every line has words, and all words are of a line (%s)',
    (kind) => {
      const lines = [...guide[kind].adult, ...guide[kind].minor].flatMap(({ id, lines: own }) =>
        own.map((line) => ({ key: `${kind}.lines.${id}.${line.id}`, regional: line.regional === true })),
      )
      const keys = under(language, `${kind}.lines`)
      for (const { key, regional } of lines) {
        const found = keys.filter((one) => one === key || one.startsWith(`${key}.`))
        expect(found.length, key).toBeGreaterThan(0)
        if (regional)
          expect(found.filter((one) => !regionCodes.some((code) => one === `${key}.${code}`))).toEqual([])
        else expect(found).toEqual([key])
      }
      const known = lines.map(({ key }) => key)
      expect(keys.filter((key) => !known.some((one) => key === one || key.startsWith(`${one}.`)))).toEqual([])
      const topics = [...guide[kind].adult, ...guide[kind].minor].map(({ id }) => `${kind}.buttons.${id}`)
      expect(under(language, `${kind}.buttons`).sort()).toEqual(topics.sort())
    },
  )
})

describe('what no text of the product says', () => {
  const all = both.flatMap((language) =>
    [...texts[language]].map(([key, text]) => ({ key: `${language} ${key}`, text })),
  )
  const toCall = ['112', '102', '103', '124', '8-800-2000-122', '8-800-700-54-52']
  // Examples of how to write one's own number, and that of a request.
  const examples = ['+7 912 345-67-89', '2026-000123']
  // A law, a number of characters, an example of a family's number.
  const noPhone = /120[-‑]?(?:ФЗ|FZ)|\b\d{3} (?:знак|characters)|\b(?:family )?128\b|\d{2}\.\d{2}\.\d{4}/giu

  test('another number to call', () => {
    const long = /(?<![\d.-])\+?\d(?:[ ()-]*\d){6,}/g
    const short = /(?<![\d.,-])(?:0\d{2}|1\d{2}|911)(?![\d.-]|\s?%)/g
    const wrong = all.flatMap(({ key, text }) => {
      const words = text.replace(noPhone, '')
      const found = [...(words.match(long) ?? []), ...(words.replace(long, '').match(short) ?? [])]
      return found.filter((one) => ![...toCall, ...examples].includes(one)).map((one) => `${key}: ${one}`)
    })
    expect(wrong).toEqual([])
    expect(all.some(({ text }) => text.includes('112'))).toBe(true)
  })

  test('a line that is always open', () => {
    const never = /круглосуточн|24\/7|round the clock|day and night|днём и ночью/i
    expect(all.filter(({ text }) => never.test(text)).map(({ key }) => key)).toEqual([])
  })

  test('in the guide: secrecy, «never», «nothing will happen», a means of harm', () => {
    const own = all.filter(({ key }) => /^\w\w (?:fears|tonight)\.lines/.test(key))
    const promised = /никто не узнает|nobody will know|не бойтесь|не волнуйтесь|просто|just /i
    const means = /таблет|вены|верёвк|крыш|лезви|pills|blade|rope|roof/i
    expect(own.length).toBeGreaterThan(100)
    expect(own.filter(({ text }) => promised.test(text) || means.test(text)).map(({ key }) => key)).toEqual(
      [],
    )
    // «Never» and «nothing» are only said to be what nobody can promise.
    for (const { key, text } of own)
      if (/«никогда»|“never”|ничего не будет/.test(text))
        expect(text, key).toMatch(/не можем|can(?:no|')t promise/)
  })
})
