import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** What families read; staff texts and consents are written for others. */
const files = [
  'crisis',
  'heard',
  'home',
  'late',
  'question',
  'status',
  'summary',
  'underTen',
  'words',
  'visit',
  'messages',
]
const locales = join(import.meta.dirname, '../../locales')

type Tree = { [key: string]: string | Tree }

const textsIn = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}.${key}`, value]] : textsIn(value, `${path}.${key}`),
  )

/** Sentences of more than one word, without markup; a value counts as one word. */
const sentencesIn = (text: string): string[] =>
  text
    .replace(/<[^>]+>|\*\*/g, '')
    .replace(/\{\{[^}]*\}\}/g, 'x')
    .split(/(?<=[.!?…])\s+|\n+/u)
    .filter((sentence) => wordsIn(sentence) > 1)

const wordsIn = (sentence: string): number => sentence.match(/[\p{L}\p{N}][\p{L}\p{N}-]*/gu)?.length ?? 0

test.each(['ru', 'en'])('what families read is in short sentences: %s', (language) => {
  const all = files.flatMap((file) => {
    const tree = JSON.parse(readFileSync(join(locales, language, `${file}.json`), 'utf8')) as Tree
    return textsIn(tree, file).flatMap(([key, text]) =>
      sentencesIn(text).map((sentence) => ({ key, sentence })),
    )
  })
  for (const [who, chosen] of [
    ['adults', all.filter(({ key }) => !key.endsWith('_minor'))],
    ['minors', all.filter(({ key }) => key.endsWith('_minor'))],
  ] as const) {
    const lengths = chosen.map(({ sentence }) => wordsIn(sentence)).sort((a, b) => a - b)
    const mean = lengths.reduce((sum, one) => sum + one, 0) / lengths.length
    const most = lengths.at(Math.floor(lengths.length * 0.95)) ?? 0
    process.stdout.write(
      `words a sentence, ${language}, ${who}: ${mean.toFixed(1)} on average, ${most} or fewer in 95 of 100, ${lengths.length} sentences\n`,
    )
    expect(lengths.length).toBeGreaterThan(20)
    expect(mean).toBeLessThanOrEqual(9)
    expect(most).toBeLessThanOrEqual(16)
    expect(chosen.filter(({ sentence }) => wordsIn(sentence) > 26)).toEqual([])
  }
})
