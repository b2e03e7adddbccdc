import { expect } from 'vitest'
import { columnDecisions, looks, textColumns } from './column-decisions.ts'
import type { World } from './world.ts'

/** Finds the columns that contain a text in at least one row. */
export const columnsWith = async ({ database: { prisma } }: World, holds: (text: string) => boolean) => {
  const columns = await prisma.$queryRaw<{ s: string; t: string; c: string }[]>`
    SELECT n.nspname AS s, r.relname AS t, a.attname AS c FROM pg_attribute a
      JOIN pg_class r ON r.oid = a.attrelid JOIN pg_namespace n ON n.oid = r.relnamespace
    WHERE r.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname IN ('public', 'pgboss')`
  expect(columns.some(({ s }) => s === 'pgboss')).toBe(true)
  const open: string[] = []
  for (const { s, t, c } of columns) {
    const rows = await prisma.$queryRawUnsafe<{ text: string }[]>(
      `SELECT "${c}"::text AS text FROM "${s}"."${t}" WHERE "${c}" IS NOT NULL`,
    )
    if (rows.some(({ text }) => holds(text))) open.push(`${s}.${t}.${c}`)
  }
  return open
}

/** Values that look like nothing that their column may hold; and the columns that held something to look at. */
export const undecidedValues = async ({ database: { prisma } }: World) => {
  const wrong: string[] = []
  let seen = 0
  for (const { table, column, list } of textColumns()) {
    const decision = columnDecisions[table]?.[column]
    if (decision === undefined || typeof decision === 'object') continue
    const value = list ? `unnest("${column}")` : `"${column}"`
    const rows = await prisma.$queryRawUnsafe<{ text: string }[]>(
      `SELECT DISTINCT text FROM (SELECT ${value} AS text FROM "${table}") AS all_values WHERE text <> ''`,
    )
    if (rows.length > 0) seen += 1
    wrong.push(...rows.filter(({ text }) => !looks[decision].test(text)).map(() => `${table}.${column}`))
  }
  return { wrong, seen }
}
