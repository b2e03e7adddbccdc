import type { RequestStatus } from './requests.ts'

export const requestStatuses = [
  'submitted',
  'claimed',
  'withdrawn',
  'closed',
] as const satisfies RequestStatus[]

export type RequestFilter = {
  /** Any of them; undefined: all. */
  statuses?: readonly RequestStatus[] | undefined
  territories: readonly string[] | 'all'
  urgent?: boolean | undefined
  assigneeId?: string | 'none' | undefined
  submittedSince?: Date | undefined
}

/** A place between two rows: beyond the request of this moment and id. */
export type RequestPlace = { submittedAt: Date; id: string }

export type RequestPage = {
  order: 'oldest' | 'newest'
  after?: RequestPlace | undefined
  /** At most 201. */
  limit: number
}

type Statement = { name: string; text: string; params: unknown[] }

/** How far each index is read: fixed, so that there are few statements to prepare and the planner knows the figure. */
const depths = [51, 201]

/** The statement of a page with these columns of `r` and `s`; its name is made of all that its text depends on. */
export const statementOf = (columns: string, filter: RequestFilter, page: RequestPage): Statement => {
  const direction = page.order === 'oldest' ? 'ASC' : 'DESC'
  const depth = depths.find((one) => one >= page.limit) ?? page.limit
  const parts = partsOf(filter, page)
  const params: unknown[] = []
  const bind = (value: unknown): string => `$${params.push(value)}`

  const sources: string[] = []
  const conditions = parts.map((part) => {
    const given = part.values.map(bind)
    if (!part.each) return part.condition(...given)
    sources.push(`unnest(${given[0]}::text[]) AS each_${part.name}(value)`)
    return `${part.name} = each_${part.name}.value`
  })
  const inOrder = `ORDER BY submitted_at ${direction}, id ${direction}`
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const some = `SELECT id, submitted_at FROM requests ${where} ${inOrder} LIMIT ${depth}`
  const found =
    sources.length === 0
      ? some
      : `SELECT one.id, one.submitted_at FROM ${sources.join(' CROSS JOIN ')} CROSS JOIN LATERAL (${some}) one`
  return {
    name: ['requests', page.order, depth, ...parts.map(({ name }) => name)].join(' '),
    text: `
      SELECT ${columns} FROM (SELECT id FROM (${found}) found ${inOrder} LIMIT ${bind(page.limit)}) page
        JOIN requests r ON r.id = page.id LEFT JOIN staff_members s ON s.id = r.assigned_to_id
      ORDER BY r.submitted_at ${direction}, r.id ${direction}`,
    params,
  }
}

/** `each`: a column whose values are read one by one; otherwise a condition on every row. */
type Part = { name: string; values: unknown[] } & (
  | { each: true }
  | { each?: never; condition: (...params: string[]) => string }
)

const partsOf = (
  { statuses, territories, urgent, assigneeId, submittedSince }: RequestFilter,
  { order, after }: RequestPage,
): Part[] => {
  const whose = assigneeId === 'none' ? undefined : assigneeId
  // Every index but the plain one has the status before the moment.
  const states = statuses ?? (territories !== 'all' || urgent || assigneeId ? requestStatuses : undefined)
  // Going up, of the first moment and the place only the later one tells anything; the index is searched from it.
  const later = order === 'oldest' && after && submittedSince && after.submittedAt < submittedSince
  const place = later ? undefined : after
  const since = place && order === 'oldest' ? undefined : submittedSince
  const parts: (Part | false | undefined)[] = [
    states && each('status', states),
    // What one member has had in hand is few: it is read once, and what lies in other territories is left out.
    territories !== 'all' &&
      (whose === undefined
        ? each('territory', territories)
        : only('within', [territories], (codes) => `territory = ANY(${codes}::text[])`)),
    whose !== undefined && only('whose', [whose], (id) => `assigned_to_id = ${id}::uuid`),
    assigneeId === 'none' && only('nobodys', [], () => 'assigned_to_id IS NULL'),
    urgent === true && only('urgent', [], () => 'urgent'),
    urgent === false && only('ordinary', [], () => 'NOT urgent'),
    since && only('since', [since], (at) => `submitted_at >= ${at}::timestamptz`),
    place &&
      only(
        'beyond',
        [place.submittedAt, place.id],
        (at, id) => `(submitted_at, id) ${order === 'oldest' ? '>' : '<'} (${at}::timestamptz, ${id}::uuid)`,
      ),
  ]
  return parts.filter((part) => part !== false && part !== undefined)
}

const each = (name: string, values: readonly string[]): Part => ({
  name,
  values: [[...new Set(values)]],
  each: true,
})

const only = (name: string, values: unknown[], condition: (...params: string[]) => string): Part => ({
  name,
  values,
  condition,
})
