import { sha256 } from '#core/ids.ts'
import { type Database, type Reader, readFrom } from '#storage/database.ts'
import { type Family, type FamilyStatus, familyStatuses, type SupportLevel, toFamily } from './families.ts'

export type FamilyFilter = {
  /** Any of them; undefined: all. */
  statuses?: readonly FamilyStatus[] | undefined
  territories: readonly string[] | 'all'
  curatorId?: string | 'none' | undefined
  stage?: string | undefined
  level?: SupportLevel | 'none' | undefined
}

/** A place between two rows: beyond the family of this moment and id. */
export type FamilyCursor = { createdAt: Date; id: string }

export type FamilyPage = {
  order: 'oldest' | 'newest'
  after?: FamilyCursor | undefined
  /** At most 201. */
  limit: number
}

/** How far each index is read: fixed, so that there are few statements to prepare. */
const depths = [51, 201]

/**
 * One page, in one prepared statement. Each status and each territory (or the curator) is read by itself, in order, from
 * an index that ends with `created_at, id`, and no further than the page may reach: it costs the same whatever there is
 * beside it.
 */
export const listFamilies = (
  database: Database,
  { statuses = familyStatuses, territories, curatorId, stage, level }: FamilyFilter,
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
    // One curator's families are few: what lies in other territories is left out as they are read.
    if (whose && curatorId !== 'none') conditions.push(`territory = ANY(${codes}::text[])`)
    else {
      sources.push(`unnest(${codes}::text[]) AS each_territory(value)`)
      conditions.push('territory = each_territory.value')
    }
  }
  if (stage !== undefined) conditions.push(`stage = ${bind(stage)}`)
  if (level === 'none') conditions.push('level IS NULL')
  else if (level !== undefined) conditions.push(`level = ${bind(level)}`)
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

/** Families under support, the oldest first: of one curator, or of territories (`curatorId` null: those without one). */
export const activeFamilies = async (
  reader: Reader,
  { curatorId, territories }: { curatorId?: string | null; territories?: readonly string[] },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ items: Family[]; total: number }> => {
  const client = readFrom(reader)
  const where = {
    status: 'active',
    ...(curatorId !== undefined && { curatorId }),
    ...(territories && { territory: { in: [...territories] } }),
  }
  const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]
  const rows = await client.family.findMany({ where, orderBy, take: limit, skip: offset })
  return { items: rows.map(toFamily), total: await client.family.count({ where }) }
}
