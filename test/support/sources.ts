import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export type Import = {
  /** The specifier as written: `#core/clock.ts`, `./view.ts`, `zod`. */
  name: string
  /** For our files the path from the root (`src/core/clock.ts`), otherwise the package (`@prisma/client`). */
  target: string
  ours: boolean
  typeOnly: boolean
}

export type Source = {
  /** Path from the root: `src/core/clock.ts`. */
  path: string
  text: string
  /** The text without comments. */
  code: string
  lines: number
  imports: Import[]
}

const root = join(import.meta.dirname, '../..')

/** Lists the repository's files by glob, without generated ones. */
export const readSources = (...globs: string[]): Source[] =>
  globSync(globs, { cwd: root, exclude: ['src/generated/**'] })
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      const code = withoutComments(text)
      return { path, text, code, lines: text.split('\n').length - 1, imports: importsOf(path, code) }
    })

const strings = String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|${'`'}(?:\\.|[^${'`'}\\])*${'`'}`
const pattern = String.raw`(?<=[(,=:[!&|?{};]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/`
const token = new RegExp(String.raw`\/\*[^]*?\*\/|\/\/[^\n]*|${strings}|${pattern}`, 'g')

/** Recognises strings and regular expressions, so that `//` inside them is not taken for a comment. */
const withoutComments = (text: string): string =>
  text.replace(token, (found) => (/^\/[*/]/.test(found) ? found.replace(/[^\n]/g, ' ') : found))

/** Returns the code without regular expressions, which match text but do not produce any. */
export const withoutPatterns = (code: string): string =>
  code.replace(token, (found) => (found.startsWith('/') ? '//' : found))

const statement = /\b(?:import|export)\s+(type\s+)?(?:[\w$*{},\s]+?\sfrom\s+)?'([^']+)'/g
const call = /\bimport\(\s*'([^']+)'/g

const importsOf = (path: string, code: string): Import[] => [
  ...[...code.matchAll(statement)].map(([, type, name = '']) => describe(path, name, type !== undefined)),
  ...[...code.matchAll(call)].map(([, name = '']) => describe(path, name, false)),
]

const describe = (path: string, name: string, typeOnly: boolean): Import => {
  if (name.startsWith('.'))
    return { name, target: normalize(join(dirname(path), name)), ours: true, typeOnly }
  if (name.startsWith('#'))
    return { name, target: name.replace(/^#(test\/|src\/)?/, (_, at) => at ?? 'src/'), ours: true, typeOnly }
  const parts = name.startsWith('@') ? 2 : 1
  return { name, target: name.split('/').slice(0, parts).join('/'), ours: false, typeOnly }
}
