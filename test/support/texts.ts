import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Source } from './sources.ts'

/** Maps keys such as `home.title` to texts, for all files of a language. */
export type TextTable = Map<string, string>

const locales = join(import.meta.dirname, '../../locales')

export const readTexts = (language: string): TextTable =>
  new Map(
    readdirSync(join(locales, language))
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => readTable(join(locales, language, file), basename(file, '.json'))),
  )

export const readTable = (file: string, prefix = ''): [string, string][] =>
  flatten(JSON.parse(readFileSync(file, 'utf8')), prefix)

const flatten = (value: unknown, path: string): [string, string][] => {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key))
}

const suffix = /^(.+?)(_minor)?(?:_(zero|one|two|few|many|other))?$/

/** `summary.children_minor_one` is a form of `summary.children`: for minors, the plural `one`. */
export const formOf = (key: string) => {
  const [, base = key, minor, plural] = suffix.exec(key) ?? []
  return { base, minor: minor !== undefined, plural }
}

export const placeholders = (text: string): string[] =>
  [
    ...new Set([...text.matchAll(/\{\{\s*-?\s*([\w.]+)(?!\w*:)[^}]*\}\}/g)].map(([, name = '']) => name)),
  ].sort()

/** The keys that the code uses: literal keys, and patterns for composed ones. */
export type Asked = { path: string; keys: string[]; patterns: RegExp[] }

/** The keys given to `t(`, `label(` or `has(`. */
export const askedBy = ({ path, code }: Source): Asked => {
  const given = [...code.matchAll(/\b(?:t|label|has)\(/g)].map(({ index, 0: { length } }) =>
    firstArgument(code.slice(index + length)),
  )
  return { path, ...literalsOf(given.join('\n')) }
}

/** The keys used as button labels: `button(say.label('home.help'), …)`. */
export const buttonsOf = ({ path, code }: Source): Asked => {
  const given = [...code.matchAll(/\b(?:button|link)\(\s*(?:[\w.]+\.)?label\(/g)].map(
    ({ index, 0: { length } }) => firstArgument(code.slice(index + length)),
  )
  return { path, ...literalsOf(given.join('\n')) }
}

/** Every string literal that could be a key. */
export const mentionedBy = ({ path, code }: Source): Asked => ({ path, ...literalsOf(code) })

/** Reads an expression up to the comma or bracket that ends it. */
const firstArgument = (code: string): string => {
  let depth = 0
  for (const [index, sign] of [...code].entries()) {
    if ('([{'.includes(sign)) depth += 1
    if (')]}'.includes(sign)) depth -= 1
    if (depth < 0 || (depth === 0 && sign === ',')) return [...code].slice(0, index).join('')
  }
  return code
}

const literalsOf = (code: string): { keys: string[]; patterns: RegExp[] } => {
  const keys = [...code.matchAll(/'([A-Za-z]\w*(?:\.[\w-]+)+)'/g)].map(([, key = '']) => key)
  const templates = [...code.matchAll(/`((?:[\w.-]|\$\{[^`}]*\})+)`/g)].map(([, text = '']) => text)
  const patterns = templates.filter(tells).map((text) => {
    const fixed = text.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', String.raw`\.`))
    return new RegExp(`^${fixed.join('.+')}$`)
  })
  return { keys, patterns }
}

/** Whether a pattern has a dot, and a word outside its placeholders. */
const tells = (template: string): boolean =>
  template.includes('.') && /\w/.test(template.replace(/\$\{[^}]*\}/g, ''))

const anId = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g

/** A value as JSON without its ids: three digits of a phone stand in one of a hundred random ids. */
export const jsonWithoutIds = (value: unknown): string => JSON.stringify(value).replaceAll(anId, '')
