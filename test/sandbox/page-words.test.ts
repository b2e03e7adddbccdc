import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const page = new URL('../../src/sandbox/page/', import.meta.url)
const read = (name: string) => readFile(new URL(name, page), 'utf8')
const words = async (language: string): Promise<Record<string, string>> =>
  JSON.parse(await read(`words/${language}.json`))

/** Plural forms depend on the language: Russian has more. */
const meaning = (key: string) => key.replace(/_(one|few|many|other)$/, '')
const holes = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(String).sort()

test('both languages of the page have the same keys', async () => {
  const [ru, en] = [await words('ru'), await words('en')]
  expect([...new Set(Object.keys(ru).map(meaning))]).toEqual([...new Set(Object.keys(en).map(meaning))])
  for (const [key, text] of Object.entries(en)) expect(holes(text), key).toEqual(holes(ru[key] ?? ''))
})

test('every text that the page uses exists, and none is unused', async () => {
  const files = (await readdir(page)).filter((name) => /\.(js|html)$/.test(name))
  const sources = (await Promise.all(files.map(read))).join('\n')
  const known = new Set(Object.keys(await words('ru')).map(meaning))
  const groups = new Set([...known].map((key) => key.split('.')[0]))
  const asked = [...sources.matchAll(/['"`]([a-z]+)\.([A-Za-z]+)['"`]/g)]
    .filter(([, group]) => groups.has(group ?? ''))
    .map(([, group, name]) => `${group}.${name}`)
    .filter((key) => !key.endsWith('.js') && !key.endsWith('.svg'))
  expect(asked.filter((key) => !known.has(key))).toEqual([])
  // Keys composed from a value: `part.${…}`, `attach.${…}`, `language.${…}`, `theme.${…}`.
  const composed = [...sources.matchAll(/`([a-z]+)\.\$\{/g)].map(([, group]) => group)
  const used = new Set(
    [...asked, ...known].filter(
      (key) => asked.includes(key) || composed.includes(key.split('.')[0]) || /^(language|theme)\./.test(key),
    ),
  )
  expect([...known].filter((key) => !used.has(key))).toEqual([])
})
