import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Import, readSources, type Source, withoutPatterns } from './support/sources.ts'

// The house rules of docs and CONTRIBUTING, as far as a machine can judge them. Every rule answers with what breaks it.
const src = readSources('src/**/*.ts')
const everything = [
  ...readSources('src/**/*.{js,css}', '{test,bench}/**/*.ts', 'scripts/**/*.{ts,mjs}', '*.config.ts'),
  ...src,
]
const self = 'test/architecture.test.ts'

const under = (folder: string) => (source: Source) => source.path.startsWith(folder)
const notUnder =
  (...folders: string[]) =>
  (source: Source) =>
    !folders.some((folder) => source.path.startsWith(folder))

/** «src/a.ts → zod» for each import that is not allowed. */
const wrongImports = (sources: Source[], wrong: (one: Import) => boolean): string[] =>
  sources.flatMap(({ path, imports }) => imports.filter(wrong).map(({ name }) => `${path} → ${name}`))

const wrongCode = (sources: Source[], wrong: RegExp): string[] =>
  sources.flatMap(({ path, code }) => [...code.matchAll(wrong)].map(([found]) => `${path}: ${found.trim()}`))

const into =
  (...folders: string[]) =>
  ({ ours, target }: Import) =>
    ours && folders.some((folder) => target.startsWith(folder))

const ofPackage =
  (...names: (string | RegExp)[]) =>
  ({ ours, target }: Import) =>
    !ours && names.some((name) => (typeof name === 'string' ? name === target : name.test(target)))

const database = ofPackage(/^@prisma\//, /^@electric-sql\//, 'pglite-prisma-adapter', 'pg')
const telegram = ofPackage(/^grammy$/, /^@grammyjs\//, /^telegraf/)
const frameworks = ofPackage('fastify', /^@fastify\//, 'i18next', 'pino', 'pg-boss')

describe('who may import whom', () => {
  test('the reader of imports reads them', () => {
    const main = src.find(({ path }) => path === 'src/app.ts')
    expect(main?.imports.length).toBeGreaterThan(3)
    expect(src.length).toBeGreaterThan(50)
  })

  test('core is a leaf', () => {
    expect(
      wrongImports(src.filter(under('src/core/')), (one) => one.ours && !into('src/core/')(one)),
    ).toEqual([])
  })

  test('features know no conversation, channel, HTTP or framework', () => {
    const features = src.filter(under('src/features/'))
    const outward = into(
      'src/dialogue/',
      'src/channels/',
      'src/http/',
      'src/sandbox/',
      'src/control/',
      'src/app.ts',
    )
    expect(wrongImports(features, outward)).toEqual([])
    expect(wrongImports(features, (one) => database(one) || telegram(one) || frameworks(one))).toEqual([])
  })

  test('the conversation and HTTP do not know each other, nor the channels', () => {
    const dialogue = src.filter(under('src/dialogue/'))
    expect(wrongImports(dialogue, into('src/http/', 'src/channels/', 'src/sandbox/', 'src/app.ts'))).toEqual(
      [],
    )
    expect(wrongImports(dialogue, frameworks)).toEqual([])
    expect(wrongImports(src.filter(under('src/http/')), into('src/dialogue/'))).toEqual([])
  })

  test('views draw from core, the words of the conversation and types, and from nothing else', () => {
    const pure = into(
      'src/core/',
      'src/dialogue/views/',
      'src/dialogue/view.ts',
      'src/dialogue/callback-data.ts',
    )
    const views = src.filter(under('src/dialogue/views/'))
    expect(wrongImports(views, (one) => !one.typeOnly && !pure(one))).toEqual([])
  })

  test('only storage opens the database, and only storage knows the generated client', () => {
    const others = src.filter(notUnder('src/storage/'))
    expect(wrongImports(others, (one) => database(one) || into('src/generated/')(one))).toEqual([])
  })

  test('only jobs and storage know the queue', () => {
    expect(wrongImports(src.filter(notUnder('src/jobs/', 'src/storage/')), ofPackage('pg-boss'))).toEqual([])
  })

  test('only channels know a Telegram library', () => {
    expect(wrongImports(src.filter(notUnder('src/channels/')), telegram)).toEqual([])
  })

  test('only the wiring and the sandbox itself know the sandbox', () => {
    const others = src.filter(notUnder('src/sandbox/', 'src/app.ts', 'src/main.ts'))
    expect(wrongImports(others, into('src/sandbox/'))).toEqual([])
  })

  test('regions are data', () => {
    const inside = into('src/regions/', 'src/core/')
    expect(wrongImports(src.filter(under('src/regions/')), (one) => one.ours && !inside(one))).toEqual([])
  })

  test('other folders are named by #…, and files by their full name', () => {
    const code = everything.filter(({ path }) => /\.(ts|mjs)$/.test(path))
    expect(wrongImports(code, ({ name }) => name.includes('../../'))).toEqual([])
    expect(wrongImports(code, ({ name, ours }) => ours && !/\.(ts|mjs|json)$/.test(name))).toEqual([])
  })
})

describe('what may be written where', () => {
  test('the environment is read in one place', () => {
    expect(wrongCode(src.filter(notUnder('src/config.ts')), /process\.env\b/g)).toEqual([])
  })

  test('the time comes from the clock', () => {
    const others = src.filter(notUnder('src/core/clock.ts', 'src/core/log.ts'))
    expect(wrongCode(others, /\bDate\.now\(|\bnew Date\(\s*\)|\bTemporal\.Now\b/g)).toEqual([])
  })

  test('what a person reads is in locales, not in code', () => {
    const code = src.filter(notUnder('src/sandbox/page/words', 'src/sandbox/demo'))
    const texts = code.map((source) => ({ ...source, code: withoutPatterns(source.code) }))
    expect(wrongCode(texts, /[^\n]*\p{Script=Cyrillic}[^\n]*/gu)).toEqual([])
  })

  test('nothing is silenced or put off', () => {
    const others = everything.filter(({ path }) => path !== self)
    const notes = others.map((source) => ({ ...source, code: source.text }))
    expect(
      wrongCode(notes, /@ts-(?:ignore|nocheck|expect-error)|biome-ignore|\b(?:TODO|FIXME|XXX)\b/g),
    ).toEqual([])
    expect(wrongCode(others, /catch\s*(?:\([^)]*\)\s*)?\{\s*\}|\bas any\b|: any\b|<any>/g)).toEqual([])
  })
})

describe('files', () => {
  test('are 250 lines at most', () => {
    const long = everything.filter(({ lines }) => lines > 250)
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([])
  })

  test('are named after what they hold', () => {
    const drawers = /^(utils?|helpers?|common|misc)$/
    const parts = (path: string) => [...dirname(path).split('/'), basename(path).split('.')[0] ?? '']
    expect(everything.filter(({ path }) => parts(path).some((part) => drawers.test(part)))).toEqual([])
  })
})
