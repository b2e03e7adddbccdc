import { sha256 } from '#core/ids.ts'
import type { RequestStatus } from './requests.ts'

export const requestStatuses = [
  'submitted',
  'claimed',
  'withdrawn',
  'closed',
] as const satisfies RequestStatus[]

export type RequestFilter = {
  /** Any of these; undefined: all. */
  statuses?: readonly RequestStatus[] | undefined
  territories: readonly string[] | 'all'
  urgent?: boolean | undefined
  assigneeId?: string | 'none' | undefined
  submittedSince?: Date | undefined
  updatedSince?: Date | undefined
}

/** A page cursor: the sort key of the last row. */
export type RequestCursor = { submittedAt: Date; id: string }

export type RequestPage = {
  order: 'oldest' | 'newest'
  after?: RequestCursor | undefined
  /** At most 201. */
  limit: number
}

type Statement = { name: string; text: string; params: unknown[] }

/** LIMITs for each index scan: fixed values keep the prepared statements few, and known to the planner. */
const depths = [51, 201]

/** Builds the statement for a page with these columns of `r` and `s`. Filters of one shape share its text and name. */
export const statementOf = (columns: string, filter: RequestFilter, page: RequestPage): Statement => {
  const direction = page.order === 'oldest' ? 'ASC' : 'DESC'
  const depth = depths.find((one) => one >= page.limit) ?? page.limit
  const params: unknown[] = []
  const bind = (value: unknown): string => `$${params.push(value)}`

  const sources: string[] = []
  const conditions = partsOf(filter, page).map((part) => {
    if ('condition' in part) return part.condition(...part.values.map(bind))
    sources.push(`unnest(${bind(part.values)}::text[]) AS each_${part.column}(value)`)
    return `${part.column} = each_${part.column}.value`
  })
  const inOrder = `ORDER BY submitted_at ${direction}, id ${direction}`
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const some = `SELECT id, submitted_at FROM requests ${where} ${inOrder} LIMIT ${depth}`
  const found =
    sources.length === 0
      ? some
      : `SELECT one.id, one.submitted_at FROM ${sources.join(' CROSS JOIN ')} CROSS JOIN LATERAL (${some}) one`
  const text = `
    SELECT ${columns} FROM (SELECT id FROM (${found}) found ${inOrder} LIMIT ${bind(page.limit)}) page
      JOIN requests r ON r.id = page.id LEFT JOIN staff_members s ON s.id = r.assigned_to_id
    ORDER BY r.submitted_at ${direction}, r.id ${direction}`
  return { name: `requests-${sha256(text).slice(0, 32)}`, text, params }
}

/** A column whose values are scanned one by one, or a condition on every row. */
type Part =
  | { column: string; values: readonly string[] }
  | { condition: (...params: string[]) => string; values: readonly unknown[] }

const partsOf = (
  { statuses, territories, urgent, assigneeId, submittedSince, updatedSince }: RequestFilter,
  { order, after }: RequestPage,
): Part[] => {
  const whose = assigneeId === 'none' ? undefined : assigneeId
  // Every index but the plain one has the status before `submitted_at`.
  const states = statuses ?? (territories !== 'all' || urgent || assigneeId ? requestStatuses : undefined)
  // In ascending order, only the later of cursor and `submittedSince` restricts the rows; the scan starts there.
  const later = order === 'oldest' && after && submittedSince && after.submittedAt < submittedSince
  const place = later ? undefined : after
  const since = place && order === 'oldest' ? undefined : submittedSince
  const parts: (Part | false | undefined)[] = [
    states && each('status', states),
    // An assignee has few requests, so a filter on territory is enough.
    territories !== 'all' &&
      (whose === undefined
        ? each('territory', territories)
        : only([territories], (codes) => `territory = ANY(${codes}::text[])`)),
    whose !== undefined && only([whose], (id) => `assigned_to_id = ${id}::uuid`),
    assigneeId === 'none' && only([], () => 'assigned_to_id IS NULL'),
    urgent === true && only([], () => 'urgent'),
    urgent === false && only([], () => 'NOT urgent'),
    since && only([since], (at) => `submitted_at >= ${at}::timestamptz`),
    updatedSince && only([updatedSince], (at) => `updated_at >= ${at}::timestamptz`),
    place &&
      only(
        [place.submittedAt, place.id],
        (at, id) => `(submitted_at, id) ${order === 'oldest' ? '>' : '<'} (${at}::timestamptz, ${id}::uuid)`,
      ),
  ]
  return parts.filter((part) => part !== false && part !== undefined)
}

const each = (column: string, values: readonly string[]): Part => ({ column, values: [...new Set(values)] })

const only = (values: readonly unknown[], condition: (...params: string[]) => string): Part => ({
  values,
  condition,
})
