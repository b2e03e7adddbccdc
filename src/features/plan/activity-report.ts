import { DomainError } from '#core/errors.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { isQuarter } from '#features/registers/periods.ts'
import {
  emptyGroup,
  enoughFamilies,
  type Group,
  shownCells,
} from '#features/surveys/results/protect-results.ts'
import type { Caller } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { type CountedActivities, countActivities } from '#storage/plan/activity-reports.ts'

const columns = ['planned', 'done', 'cancelled', 'denied'] as const
type Column = (typeof columns)[number]

export type KindCounts = {
  territory: string
  kind: string
  /** Whether the region's regulation tells to account for this kind. */
  accounted: boolean
  /** Those whose figure is null: too few families stand behind it, or it would tell such a one. */
  hidden: Column[]
} & Record<Column, number | null>

type Asked = {
  caller: Caller
  from: string
  until: string
  territory?: string | undefined
  region: Pick<Region, 'accounted' | 'timeZone'>
  now: Date
}

/**
 * Counts the activities of a period by kind of help, in the territories that a key reaches (Stavropol 6.24). Whoever may not read the plans
 * of families asks for one quarter that is over, and sees no figure of fewer than five families, nor any that would reveal one beside the
 * sum over the territories, which registers show. Throws `invalid-input` for another period.
 */
export const activitiesReport = async (
  reader: Reader,
  { caller, from, until, territory, region, now }: Asked,
): Promise<KindCounts[]> => {
  const { territories, scopes } = caller
  const guarded = !(scopes.has('families:read') && scopes.has('plans:read'))
  const over = isQuarter({ from, until }) && until < dayAt(now, region.timeZone).toString()
  if (guarded && !over) throw new DomainError('invalid-input', { field: 'until' })
  const rows = await countActivities(reader, { from, until, territories })
  const cells = [...Map.groupBy(rows, (row) => `${row.territory} ${row.kind}`).values()].flatMap(groupsOf)
  const hidden = guarded ? hiddenAmong(cells) : () => []
  return cells
    .filter((cell) => territory === undefined || cell.territory === territory)
    .map((cell) => countsOf(cell, hidden(cell), region))
}

/** The figures of a territory and a kind, with the families behind them. */
type Cell = { territory: string; kind: string; groups: Record<Column, Group> }

const groupsOf = (rows: readonly CountedActivities[]): Cell[] => {
  const [first] = rows
  if (!first) return []
  const of = (status: CountedActivities['status']): Group => {
    const row = rows.find((one) => one.status === status)
    return row ? { n: row.count, families: row.families } : emptyGroup
  }
  const denied = {
    n: rows.reduce((all, row) => all + row.denied, 0),
    families: rows.flatMap(({ deniedBy }) => deniedBy),
  }
  const groups = { planned: of('planned'), done: of('done'), cancelled: of('cancelled'), denied }
  return [{ territory: first.territory, kind: first.kind, groups }]
}

/** What has to be hidden in each column of a kind, its territories taken together. */
const hiddenAmong = (cells: readonly Cell[]): ((cell: Cell) => Column[]) => {
  const hidden = new Map<Cell, Column[]>()
  for (const own of Map.groupBy(cells, ({ kind }) => kind).values())
    for (const column of columns) {
      const groups = own.map((cell) => cell.groups[column])
      const total = { n: sum(groups), families: groups.flatMap(({ families }) => families) }
      const shown = shownCells({ group: total, shown: enoughFamilies(total) }, groups)
      for (const [place, cell] of own.entries())
        if (!shown[place] && cell.groups[column].n > 0)
          hidden.set(cell, [...(hidden.get(cell) ?? []), column])
    }
  return (cell) => hidden.get(cell) ?? []
}

const sum = (groups: readonly Group[]): number => groups.reduce((all, { n }) => all + n, 0)

const countsOf = (
  { territory, kind, groups }: Cell,
  hidden: Column[],
  { accounted }: Pick<Region, 'accounted'>,
): KindCounts => {
  const of = (column: Column) => (hidden.includes(column) ? null : groups[column].n)
  return {
    ...{ territory, kind, accounted: accounted.value.some((one) => one === kind), hidden },
    ...{ planned: of('planned'), done: of('done'), cancelled: of('cancelled'), denied: of('denied') },
  }
}
