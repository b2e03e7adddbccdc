import { beforeAll, expect, test } from 'vitest'
import { createTally } from '#features/reports/figures.ts'
import { casesOfRow, quarterReport } from '#features/reports/quarter-report.ts'
import { region } from '#regions/index.ts'
import { rowNames } from '#regions/reports/report-form.ts'
import { novgorodReport } from '#regions/reports/novgorod.ts'
import { createSealer } from '#storage/seal.ts'
import { testKeys } from '#test/support/accounts.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { fillQuarter } from '#test/support/quarter-rows.ts'
import { effort } from '#test/support/effort.ts'
import { quarterBySql } from '#test/support/quarter-sql.ts'

// Families with returns and several categories, against SQL that shares nothing with the product: it reads in the clear
// what the product has to open.
const families = effort('QUARTER_FAMILIES', { check: 2_000, full: 20_000 })
const db = useTestDatabase()
const deps = { region: region('novgorod'), sealer: createSealer(testKeys) }
beforeAll(() => fillQuarter(db(), deps.sealer, { families }), 120_000)

test.each(['all', 'main'] as const)(
  'every row is what SQL counts (%s)',
  async (choice) => {
    const asked = { period: '2026-Q4', choice, territories: 'all' } as const
    const { figures, identities } = await quarterReport(db(), deps, asked)
    expect(Object.fromEntries(figures)).toEqual(await quarterBySql(db(), choice, '2026-10-01', '2026-12-31'))
    expect(identities.filter(({ holds }) => !holds)).toEqual([])
    // Every row has somebody in it.
    expect(Math.min(...[...figures.values()].map((figure) => figure ?? 0))).toBeGreaterThan(families / 2_000)
  },
  60_000,
)

test('1.8 of a quarter is 1.1 of the next one; territories add up; a figure is its cases', async () => {
  const of = (period: string, territories: readonly string[] | 'all' = 'all') =>
    quarterReport(db(), deps, { period, choice: 'all', territories })
  const [third, fourth] = [await of('2026-Q3'), await of('2026-Q4')]
  expect(third.figures.get('form.1.8')).toBe(fourth.figures.get('form.1.1'))
  const parts = [await of('2026-Q4', ['north', 'west']), await of('2026-Q4', ['south'])]
  const tally = createTally(novgorodReport)
  for (const { figures } of parts) tally.add(new Map([...figures].map(([row, one]) => [row, one ?? 0])))
  const sums = tally.figures()
  for (const row of rowNames(novgorodReport).filter((name) => name !== 'indicators.3'))
    expect(sums.get(row), row).toBe(fourth.figures.get(row))
  for (const row of ['indicators.2.4']) {
    const cases = await casesOfRow(db(), deps, { period: '2026-Q4', choice: 'all', territories: 'all', row })
    expect(
      cases.reduce((sum, { count }) => sum + count, 0),
      row,
    ).toBe(fourth.figures.get(row))
  }
}, 60_000)
