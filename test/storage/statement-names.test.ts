import { expect, inject, test } from 'vitest'
import { createStatementNames } from '#storage/statement-names.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()

test('what comes again and again is prepared, and nothing else', () => {
  const name = createStatementNames()
  const often = { sql: 'SELECT $1::int', args: [1] }
  const names = Array.from({ length: 4 }, () => name(often))
  expect(names.slice(0, 2)).toEqual(['', ''])
  expect(names[2]).toMatch(/^often-.{32}$/)
  expect(names[3]).toBe(names[2])
  // Two statements in one text cannot be prepared.
  for (let n = 0; n < 5; n += 1) expect(name({ sql: 'SELECT 1; SELECT 2', args: [] })).toBe('')
  // Lists have another text for each length.
  const lists = [
    { sql: 'SELECT "a" FROM "t" WHERE "id" IN ($1,$2)', args: [1, 2] },
    { sql: 'INSERT INTO "t" ("a") VALUES ($1), ($2)', args: [1, 2] },
  ]
  for (const list of lists) expect([name(list), name(list), name(list)]).toEqual(['', '', ''])
  // The server's sessions do not fill up.
  const texts = Array.from({ length: 500 }, (_, n) => ({ sql: `SELECT ${n}, $1::int`, args: [n] }))
  const named = texts.filter((one) => [name(one), name(one), name(one)][2] !== '')
  expect(named).toHaveLength(199)
  expect(name(often)).toBe(names[2])
})

test.runIf(inject('database') === 'postgres')(
  'a session keeps what Prisma asks again and again',
  async () => {
    const { prisma } = db()
    await prisma.$transaction(async (tx) => {
      for (let n = 0; n < 6; n += 1) await tx.staffMember.findFirst({ where: { name: `Анна ${n}` } })
      const [found] = await tx.$queryRaw<{ times: number }[]>`
      SELECT max(generic_plans + custom_plans)::int AS times FROM pg_prepared_statements
      WHERE name LIKE 'often-%' AND statement LIKE '%FROM "public"."staff_members"%'`
      expect(found?.times).toBeGreaterThanOrEqual(3)
    })
  },
)

test.runIf(inject('database') === 'postgres')(
  'a statement whose columns have changed fails once, and its session serves nobody else',
  async () => {
    const database = db()
    await database.prisma.$executeRaw`CREATE TABLE told (id int, words varchar(9))`
    const read = () =>
      database.transaction((tx) => tx.$queryRaw<unknown[]>`SELECT words FROM told WHERE id = ${1}`)
    for (let n = 0; n < 4; n += 1) expect(await read()).toEqual([])
    await database.prisma.$executeRaw`ALTER TABLE told ALTER COLUMN words TYPE text`
    await expect(read()).rejects.toThrow(/cached plan/)
    expect(await read()).toEqual([])
  },
)
