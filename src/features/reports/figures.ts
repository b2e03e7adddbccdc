import {
  type CategoryChoice,
  type Identity,
  nameOfRow,
  type ReportForm,
  rowNames,
} from '#regions/reports/report-form.ts'
import type { Counts } from './count-rows.ts'

/** A figure for each row; null: there is nothing to divide by. */
export type Figures = ReadonlyMap<string, number | null>

/** Adds up what was counted of each family, and computes the shares. */
export const createTally = (form: ReportForm): { add(counts: Counts): void; figures(): Figures } => {
  const sums = new Map<string, number>(rowNames(form).map((name) => [name, 0]))
  const sum = (name: string) => sums.get(name) ?? 0
  return {
    add: (counts) => {
      for (const [name, count] of counts) sums.set(name, sum(name) + count)
    },
    figures: () =>
      new Map(
        form.tables.flatMap((table) =>
          table.rows.map((row): [string, number | null] => {
            const name = nameOfRow(table, row)
            return [name, 'share' in row.rule ? shareOf(sum(row.rule.share), sum(row.rule.of)) : sum(name)]
          }),
        ),
      ),
  }
}

/** Percent with one decimal, half up. */
const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 1000) / whole + 0.5) / 10

export type CheckedIdentity = { identity: Identity; left: number; right: number; holds: boolean }

/** Checks what must agree. `before`: the figures of the quarter before; null: nothing is known of it. Pure. */
export const checkIdentities = (
  { identities }: Pick<ReportForm, 'identities'>,
  { figures, before, choice }: { figures: Figures; before: Figures | null; choice: CategoryChoice },
): CheckedIdentity[] =>
  identities
    .filter(({ only }) => only === undefined || only === choice)
    .flatMap((identity) => {
      const other = identity.before ? before : figures
      if (!other) return []
      const left = sumOf(figures, identity.left)
      const right = sumOf(other, identity.right) - sumOf(other, identity.less ?? [])
      return [{ identity, left, right, holds: holds(left, identity.relation, right) }]
    })

const sumOf = (figures: Figures, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (figures.get(name) ?? 0), 0)

const holds = (left: number, relation: Identity['relation'], right: number): boolean => {
  if (relation === '=') return left === right
  return relation === '<=' ? left <= right : left >= right
}

/** Rows whose figures differ. */
export const changedRows = (one: Figures, other: Figures): string[] =>
  [...one.keys()].filter((name) => one.get(name) !== other.get(name))
