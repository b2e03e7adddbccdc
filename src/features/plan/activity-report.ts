import type { Caller } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { type CountedActivities, countActivities } from '#storage/plan/activity-reports.ts'

export type KindCounts = {
  territory: string
  kind: string
  /** Whether the region's regulation tells to account for this kind. */
  accounted: boolean
  planned: number
  done: number
  cancelled: number
  denied: number
}

/**
 * Counts the activities of a period by kind of help, in the territories that a key reaches (Stavropol 6.24).
 */
export const activitiesReport = async (
  reader: Reader,
  {
    caller,
    from,
    until,
    territory,
    region,
  }: {
    caller: Caller
    from: string
    until: string
    territory?: string | undefined
    region: Pick<Region, 'accounted'>
  },
): Promise<KindCounts[]> => {
  const { territories: own } = caller
  const wanted = territory === undefined ? own : own === 'all' || own.includes(territory) ? [territory] : []
  const rows = await countActivities(reader, { from, until, territories: wanted })
  const byKind = Map.groupBy(rows, ({ territory, kind }) => `${territory} ${kind}`)
  return [...byKind.values()].flatMap((kinds) => sum(kinds, region))
}

const sum = (rows: CountedActivities[], { accounted }: Pick<Region, 'accounted'>): KindCounts[] => {
  const [first] = rows
  if (!first) return []
  const of = (status: CountedActivities['status']) => rows.find((row) => row.status === status)?.count ?? 0
  return [
    {
      territory: first.territory,
      kind: first.kind,
      accounted: accounted.value.some((kind) => kind === first.kind),
      planned: of('planned'),
      done: of('done'),
      cancelled: of('cancelled'),
      denied: rows.reduce((all, { denied }) => all + denied, 0),
    },
  ]
}
