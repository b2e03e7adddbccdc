import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Language } from '#core/text.ts'

type Tree = { [key: string]: string | Tree }

const keysOf = (tree: Tree, path: string): string[] =>
  Object.entries(tree).flatMap(([name, held]) =>
    typeof held === 'string' ? [`${path}.${name}`] : keysOf(held, `${path}.${name}`),
  )

const read = (language: Language): string[] => {
  const dir = new URL(`../../locales/${language}/`, import.meta.url)
  return readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) =>
      keysOf(JSON.parse(readFileSync(new URL(file, dir), 'utf8')) as Tree, basename(file, '.json')),
    )
}

const keys = { ru: read('ru'), en: read('en') }

/** The keys of a language, without their forms, that a pattern names: `*` is one part of a key. */
export const keysLike = (language: Language, pattern: string): string[] => {
  const like = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^.]+')}$`)
  const plain = keys[language].map((key) => key.replace(/_(?:minor|one|few|many|other|zero)$/, ''))
  return [...new Set(plain)].filter((key) => like.test(key))
}
