export type Row = Record<string, unknown>
/** By table. */
export type Rows = Record<string, Row[]>

/** When everything was recorded that has no moment of its own. */
export const at = '2026-01-01T00:00:00Z'

export const add = (rows: Rows, table: string, row: Row): void => {
  const all = rows[table] ?? []
  all.push(row)
  rows[table] = all
}

export const dayAfter = (from: string, days: number): string =>
  new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)
