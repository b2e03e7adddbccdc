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
  // Lists of every length: the server's sessions do not fill up with them.
  const lists = Array.from({ length: 500 }, (_, n) => ({ sql: `SELECT ${n}, $1::int`, args: [n] }))
  const named = lists.filter((one) => [name(one), name(one), name(one)][2] !== '')
  expect(named).toHaveLength(199)
  expect(name(often)).toBe(names[2])
})

test.runIf(inject('database') === 'postgres')(
  'a session plans once what Prisma asks again and again',
  async () => {
    const { prisma } = db()
    await prisma.$transaction(async (tx) => {
      for (let n = 0; n < 6; n += 1) await tx.staffMember.findFirst({ where: { name: `Анна ${n}` } })
      const [found] = await tx.$queryRaw<{ times: number }[]>`
      SELECT (generic_plans + custom_plans)::int AS times FROM pg_prepared_statements
      WHERE name LIKE 'often-%' AND statement LIKE '%staff_members%'`
      expect(found?.times).toBeGreaterThanOrEqual(3)
    })
  },
)
