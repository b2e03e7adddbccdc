import { expect, test } from 'vitest'
import { applyMigrations, readMigrations } from '#storage/schema-engine.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()

test('one engine serves the process, where its module is loaded twice, too', async () => {
  const twice = new URL('../../src/storage/schema-engine.ts', import.meta.url).pathname
  const again: { applyMigrations: typeof applyMigrations } = await import(/* @vite-ignore */ `${twice}?twice`)
  expect(again.applyMigrations).not.toBe(applyMigrations)
  const migrations = await readMigrations()
  for (const apply of [applyMigrations, again.applyMigrations, applyMigrations])
    expect(await db().schema.connected((adapter) => apply(adapter, migrations))).toEqual([])
})
