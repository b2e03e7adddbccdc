import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCycles } from './support/import-cycles.ts'
import { type Import, readSources, type Source, withoutPatterns } from './support/sources.ts'

// The house rules of CONTRIBUTING that can be checked. Each test lists the violations.
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

/** «src/a.ts → zod» for each forbidden import. */
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

/** From the ground up. A file imports from its own layer and from those below it. */
const layers = [
  ['src/core'],
  ['src/regions', 'src/surveys'],
  ['src/generated'],
  ['src/storage'],
  ['src/queue'],
  ['src/features'],
  ['src/dialogue', 'src/http', 'src/sandbox'],
  ['src/console'],
  ['src/channels'],
  ['src/workers'],
  ['src/environment.ts'],
  ['src/config.ts'],
  ['src/control'],
  ['src/cli'],
  ['src/app-context.ts', 'src/late-parts.ts'],
  ['src/app.ts'],
  ['src/worlds.ts'],
  ['src/main.ts'],
]

const within = (folder: string) => (path: string) => path === folder || path.startsWith(`${folder}/`)
const layerOf = (path: string): number =>
  layers.findIndex((folders) => folders.some((folder) => within(folder)(path)))

describe('who may import whom', () => {
  test('the import parser finds imports', () => {
    const main = src.find(({ path }) => path === 'src/app.ts')
    expect(main?.imports.length).toBeGreaterThan(3)
    expect(src.length).toBeGreaterThan(50)
  })

  test('imports go down the layers, types included', () => {
    const climbing = src.flatMap(({ path, imports }) =>
      imports
        .filter(({ ours, target }) => ours && layerOf(target) > layerOf(path))
        .map(({ target }) => `${path} → ${target}`),
    )
    expect(climbing).toEqual([])
    expect(src.filter(({ path }) => layerOf(path) === -1).map(({ path }) => path)).toEqual([])
  })

  test('layers on one level do not import each other', () => {
    const layerFolder = (path: string) => layers.flat().find((folder) => within(folder)(path))
    const sideways = src.flatMap(({ path, imports }) =>
      imports
        .filter(({ ours, target }) => ours && layerOf(target) === layerOf(path))
        .filter(({ target }) => layerFolder(target) !== layerFolder(path))
        .map(({ target }) => `${path} → ${target}`),
    )
    expect(sideways).toEqual([])
  })

  test('there are no import cycles, types included', () => {
    expect(findCycles(src)).toEqual([])
  })

  test('views import only core, the card builder and types', () => {
    const pure = into(
      'src/core/',
      'src/dialogue/card-builder.ts',
      'src/dialogue/text-pages.ts',
      'src/dialogue/view.ts',
      'src/dialogue/callback-data.ts',
    )
    const isView = ({ path }: { path: string }) => /^src\/dialogue\/.*-view\.ts$/.test(path)
    const allowed = (one: Import) => one.typeOnly || pure(one) || isView({ path: one.target })
    expect(src.filter(isView).length).toBeGreaterThan(20)
    expect(wrongImports(src.filter(isView), (one) => !allowed(one))).toEqual([])
  })

  test('features and dialogue import no framework', () => {
    const inner = src.filter(({ path }) => /^src\/(?:core|regions|surveys|features|dialogue)\//.test(path))
    const ofCore = ({ path }: Source) => path.startsWith('src/core/')
    expect(wrongImports(inner, (one) => database(one) || telegram(one))).toEqual([])
    expect(
      wrongImports(
        inner.filter((source) => !ofCore(source)),
        frameworks,
      ),
    ).toEqual([])
  })

  test('only storage imports database drivers and the generated client', () => {
    const others = src.filter(notUnder('src/storage/'))
    expect(wrongImports(others, (one) => database(one) || into('src/generated/')(one))).toEqual([])
  })

  test('only queue and storage import pg-boss', () => {
    expect(wrongImports(src.filter(notUnder('src/queue/', 'src/storage/')), ofPackage('pg-boss'))).toEqual([])
  })

  test('only channels import a Telegram library', () => {
    expect(wrongImports(src.filter(notUnder('src/channels/')), telegram)).toEqual([])
  })

  test('only the wiring imports the sandbox', () => {
    const others = src.filter(notUnder('src/sandbox/', 'src/app.ts', 'src/late-parts.ts', 'src/main.ts'))
    expect(wrongImports(others, into('src/sandbox/'))).toEqual([])
  })

  test('the emulated Telegram imports only clock and log of the product, so it could be a package', () => {
    const emulator = src.filter(under('src/sandbox/telegram/'))
    const known = into('src/sandbox/telegram/', 'src/core/clock.ts', 'src/core/log.ts')
    expect(emulator.length).toBeGreaterThan(20)
    expect(wrongImports(emulator, (one) => one.ours && !known(one))).toEqual([])
  })

  test('imports of other folders start with #…, and name the file with its extension', () => {
    const code = everything.filter(({ path }) => /\.(ts|mjs)$/.test(path))
    expect(wrongImports(code, ({ name }) => name.includes('../../'))).toEqual([])
    expect(wrongImports(code, ({ name, ours }) => ours && !/\.(ts|mjs|json)$/.test(name))).toEqual([])
  })
})

describe('what may be used where', () => {
  test('only config.ts reads the environment', () => {
    expect(wrongCode(src.filter(notUnder('src/config.ts')), /process\.env\b/g)).toEqual([])
  })

  test('only the clock reads the time', () => {
    const others = src.filter(notUnder('src/core/clock.ts', 'src/core/log.ts'))
    expect(wrongCode(others, /\bDate\.now\(|\bnew Date\(\s*\)|\bTemporal\.Now\b/g)).toEqual([])
  })

  test('ids of messages and inputs are opaque outside their channel, and only Telegram names its accounts', () => {
    const others = src.filter(notUnder('src/channels/telegram/', 'src/sandbox/', 'src/generated/'))
    const ids = '(?:messageId|cardId|contactHintId|updateId|input\\.id)'
    const parsed = `\\b(?:Number|BigInt|parseInt|parseFloat)\\((?:[\\w?.!]+\\.)?${ids}\\b`
    const typed = `\\b${ids}\\??: (?:number|bigint|z\\.(?:number|int|bigint|coerce)\\b)`
    expect(wrongCode(others, new RegExp(`${parsed}|${typed}|['"\`]telegram:`, 'g'))).toEqual([])
  })

  test('texts for people are in locales, not in code', () => {
    const code = src.filter(notUnder('src/sandbox/page/words', 'src/sandbox/demo'))
    const texts = code.map((source) => ({ ...source, code: withoutPatterns(source.code) }))
    expect(wrongCode(texts, /[^\n]*\p{Script=Cyrillic}[^\n]*/gu)).toEqual([])
  })

  test('no warning is suppressed, and no work is postponed', () => {
    const others = everything.filter(({ path }) => path !== self)
    const notes = others.map((source) => ({ ...source, code: source.text }))
    expect(
      wrongCode(notes, /@ts-(?:ignore|nocheck|expect-error)|biome-ignore|\b(?:TODO|FIXME|XXX)\b/g),
    ).toEqual([])
    expect(wrongCode(others, /catch\s*(?:\([^)]*\)\s*)?\{\s*\}|\bas any\b|: any\b|<any>/g)).toEqual([])
  })
})

describe('files', () => {
  test('have at most 250 lines', () => {
    const long = everything.filter(({ lines }) => lines > 250)
    expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([])
  })

  test('are named after their contents', () => {
    const drawers = /^(utils?|helpers?|common|misc)$/
    const parts = (path: string) => [...dirname(path).split('/'), basename(path).split('.')[0] ?? '']
    expect(everything.filter(({ path }) => parts(path).some((part) => drawers.test(part)))).toEqual([])
  })
})
