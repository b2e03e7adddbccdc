import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { centreData, personalData } from '#storage/keys/personal-data.ts'
import { columnDecisions, textColumns } from '#test/support/column-decisions.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const named = textColumns().map(({ table, column }) => `${table}.${column}`)
const decided = Object.entries(columnDecisions).flatMap(([table, columns]) =>
  Object.entries(columns).map(([column, decision]) => ({ name: `${table}.${column}`, decision })),
)

test('each column that could hold words has a decision, and the database has no other', async () => {
  expect(decided.map(({ name }) => name).sort()).toEqual(named.toSorted())
  const stored = await db().prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name || '.' || column_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' AND table_name IN (
      SELECT tablename FROM pg_tables WHERE schemaname = 'public'
    ) AND (data_type IN ('text', 'json', 'jsonb', 'bytea', 'character varying') OR udt_name IN ('_text', '_jsonb'))`
  expect(stored.map(({ name }) => name).sort()).toEqual(named.toSorted())
})

test('the database refuses words in the clear in every sealed column', async () => {
  const checks = await db().prisma.$queryRaw<{ name: string; definition: string }[]>`
    SELECT r.relname || '.' || a.attname AS name, pg_get_constraintdef(c.oid) AS definition FROM pg_constraint c
      JOIN pg_class r ON r.oid = c.conrelid JOIN pg_attribute a ON a.attrelid = r.oid AND c.conkey = ARRAY[a.attnum]
    WHERE c.contype = 'c' AND c.convalidated`
  for (const { name } of decided.filter(({ decision }) => decision === 'sealed'))
    expect(
      checks.some(
        (check) =>
          check.name === name &&
          check.definition.includes(name === 'subject_keys.wrapped' ? `~~ 'v1.%.%'` : `~~ 'v_.%.%'`),
      ),
      name,
    ).toBe(true)
})

test('whose everything sealed is, is said once in the map of personal data, or it is the centre’s', () => {
  const mapped = [...personalData, ...centreData].flatMap(({ table, columns }) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  )
  const sealed = decided.filter(({ decision }) => decision === 'sealed').map(({ name }) => name)
  // The keys themselves are wrapped anew, not sealed.
  expect([...new Set(mapped), 'subject_keys.wrapped'].sort()).toEqual(sealed.toSorted())
})

test('what stands in the clear is named in docs/security.md', () => {
  const text = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8')
  const table = (text.split('## What is sealed, and what is not')[1] ?? '').split('\n## ')[0]
  for (const { name, decision } of decided)
    if (typeof decision === 'object') expect(table, name).toContain(decision.clear)
})
