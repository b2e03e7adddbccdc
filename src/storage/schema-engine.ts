import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'

export const migrationsFolder = new URL('../../prisma/migrations/', import.meta.url)
const schemaFile = new URL('../../prisma/schema.prisma', import.meta.url)
const noFilters = { externalTables: [], externalEnums: [] }

export type Migration = { name: string; sql: string }

/** Reads the migrations in the order of application. */
export const readMigrations = async (): Promise<Migration[]> => {
  const folders = (await readdir(migrationsFolder, { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  )
  const names = folders.map(({ name }) => name).sort()
  return Promise.all(
    names.map(async (name) => ({
      name,
      sql: await readFile(new URL(`${name}/migration.sql`, migrationsFolder), 'utf8'),
    })),
  )
}

/** Applies all migrations missing from `_prisma_migrations`; returns their names. */
export const applyMigrations = (
  adapter: SqlMigrationAwareDriverAdapterFactory,
  migrations: Migration[],
): Promise<string[]> =>
  withEngine(adapter, async (engine) => {
    const input = { migrationsList: await listOf(migrations), filters: noFilters }
    return (await engine.applyMigrations(input)).appliedMigrationNames
  })

/** Returns the SQL from the existing migrations to `schema.prisma`; empty if they match. */
export const missingMigration = async (adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string> => {
  const files = [{ path: 'schema.prisma', content: await readFile(schemaFile, 'utf8') }]
  const list = await listOf(await readMigrations())
  return withEngine(adapter, async (engine) => {
    const diff = await engine.diff({
      from: { tag: 'migrations', ...list },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: noFilters,
    })
    const sql = diff.stdout ?? ''
    return /^\s*(--[^\n]*\s*)*$/.test(sql) ? '' : sql
  })
}

const listOf = async (migrations: Migration[]): Promise<MigrationList> => ({
  baseDir: fileURLToPath(migrationsFolder),
  lockfile: {
    path: 'migration_lock.toml',
    content: await readFile(new URL('migration_lock.toml', migrationsFolder), 'utf8'),
  },
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
  })),
})

const withEngine = async <T>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> => {
  inProcess.engineModule ??= loadEngine()
  const { SchemaEngine } = await inProcess.engineModule
  const datamodels: [string, string][] = [['schema.prisma', await readFile(schemaFile, 'utf8')]]
  const engine = await SchemaEngine.new(
    { datamodels },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapter),
  )
  atWork += 1
  try {
    return await work(engine)
  } finally {
    engine.free()
    atWork -= 1
    if (atWork === 0) clearTimers()
  }
}

/**
 * One for the process, even where this module is loaded twice, as tests may: the engine's glue is loaded once, and knows the
 * memory of one engine only.
 */
const inProcess = globalThis as { engineModule?: ReturnType<typeof loadEngine> }

/** Instantiates the WASM explicitly: importing a `.wasm` module is experimental in Node and prints a warning. */
const loadEngine = async (): Promise<typeof import('@prisma/schema-engine-wasm')> => {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const glueFile = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = glueFile.replace(/\.js$/, '.wasm')
  const { WebAssembly } = globalThis as unknown as WithWebAssembly
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': { ...glue, ...unheldTimers(glue) },
  })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return glue
}

/** Of engines at work; an engine never clears its lock timeout of ten seconds. */
const timers = new Set<NodeJS.Timeout>()
let atWork = 0

/** It would come to a freed engine, and to another instance of the module if there is one by then. */
const clearTimers = () => {
  for (const timer of timers) clearTimeout(timer)
  timers.clear()
}

/** Timers that do not delay exit. */
const unheldTimers = (glue: object) => {
  const unheld = (work: () => void, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
    return timer.unref()
  }
  const names = Object.keys(glue).filter((name) => name.startsWith('__wbg_setTimeout_'))
  return Object.fromEntries(names.map((name) => [name, unheld]))
}

/** The part of the `WebAssembly` global in use; Node's types leave it to the DOM library. */
type WithWebAssembly = {
  WebAssembly: {
    instantiate(
      bytes: Uint8Array,
      imports: Record<string, unknown>,
    ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>
  }
}
