import { sha256 } from '#core/ids.ts'
import type { Database } from '#storage/database.ts'
import { type Family, type FamilyStatus, familyStatuses, type SupportLevel } from './families.ts'

export type FamilyFilter = {
  /** Any of these; undefined: all. */
  statuses?: readonly FamilyStatus[] | undefined
  territories: readonly string[] | 'all'
  curatorId?: string | 'none' | undefined
  stage?: string | undefined
  level?: SupportLevel | 'none' | undefined
  updatedSince?: Date | undefined
}

/** A page cursor: the sort key of the last row. */
export type FamilyCursor = { createdAt: Date; id: string }

export type FamilyPage = {
  order: 'oldest' | 'newest'
  after?: FamilyCursor | undefined
  /** At most 201. */
  limit: number
}

/** LIMITs for each index scan: fixed values keep the number of prepared statements small. */
const depths = [51, 201]

/**
 * Returns one page, in one prepared statement. Scans each combination of status and territory (or curator) separately,
 * in order, on an index that ends with `created_at, id`, and no further than one page. So the cost of a page does not
 * depend on the size of the table.
 */
export const listFamilies = (
  database: Database,
  { statuses = familyStatuses, territories, curatorId, stage, level, updatedSince }: FamilyFilter,
  { order, after, limit }: FamilyPage,
): Promise<Family[]> => {
  const params: unknown[] = []
  const bind = (value: unknown): string => `$${params.push(value)}`
  const sources = [`unnest(${bind([...new Set(statuses)])}::text[]) AS each_status(value)`]
  const conditions = ['status = each_status.value']
  const whose = curatorId !== undefined
  if (curatorId === 'none') conditions.push('curator_id IS NULL')
  else if (whose) conditions.push(`curator_id = ${bind(curatorId)}::uuid`)
  if (territories !== 'all') {
    const codes = bind([...new Set(territories)])
    // A curator has few families, so a filter on territory is enough.
    if (whose && curatorId !== 'none') conditions.push(`territory = ANY(${codes}::text[])`)
    else {
      sources.push(`unnest(${codes}::text[]) AS each_territory(value)`)
      conditions.push('territory = each_territory.value')
    }
  }
  if (stage !== undefined) conditions.push(`stage = ${bind(stage)}`)
  if (level === 'none') conditions.push('level IS NULL')
  else if (level !== undefined) conditions.push(`level = ${bind(level)}`)
  if (updatedSince) conditions.push(`updated_at >= ${bind(updatedSince)}::timestamptz`)
  if (after) {
    const [at, id] = [bind(after.createdAt), bind(after.id)]
    conditions.push(`(created_at, id) ${order === 'oldest' ? '>' : '<'} (${at}::timestamptz, ${id}::uuid)`)
  }
  const direction = order === 'oldest' ? 'ASC' : 'DESC'
  const inOrder = `ORDER BY created_at ${direction}, id ${direction}`
  const depth = depths.find((one) => one >= limit) ?? limit
  const text = `
    SELECT ${columns} FROM (
      SELECT one.id FROM ${sources.join(' CROSS JOIN ')} CROSS JOIN LATERAL (
        SELECT id, created_at FROM families WHERE ${conditions.join(' AND ')} ${inOrder} LIMIT ${depth}
      ) one ORDER BY one.created_at ${direction}, one.id ${direction} LIMIT ${bind(limit)}
    ) page JOIN families f ON f.id = page.id ORDER BY f.created_at ${direction}, f.id ${direction}`
  return database.sql.query<Family>(`families-${sha256(text).slice(0, 32)}`, text, params)
}

const columns = `
  f.id, f.number, f.region, f.territory, f.request_id AS "requestId", f.curator_id AS "curatorId", f.level, f.stage,
  f.status, f.applied_at AS "appliedAt", f.created_at AS "createdAt", f.closed_at AS "closedAt", f.revision`
