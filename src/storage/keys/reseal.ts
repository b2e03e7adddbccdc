import { Prisma } from '#generated/client.ts'
import type { Database, Tx } from '../database.ts'
import type { Sealer } from '../seal.ts'
import type { SubjectKind } from './known-keys.ts'
import { createPace, type Pace } from './pace.ts'
import { centreData, personalData } from './personal-data.ts'
import { sealersOf } from './subject-keys.ts'

// Seals anew what DATA_KEYS sealed: with the key of its subject, and what is the centre's with the first key. While others write, and
// as often as it is stopped: what is done is not found again.

type Column = {
  table: string
  column: string
  kind: SubjectKind | null
  whose: string
  place: string
  only: string
  theirs: string
}

/** Without accounts, whose hash depends on the key as well (stored-accounts.ts). */
const columns: readonly Column[] = [
  ...personalData.filter(({ table }) => table !== 'persons'),
  ...centreData.map((data) => ({ ...data, kind: null, whose: 'NULL', theirs: undefined })),
].flatMap(({ table, columns: sealed, kind, whose, only = 'true', theirs = `${whose} = ANY(:ids)` }) =>
  Object.entries(sealed).map(([column, place]) => ({ table, column, kind, whose, place, only, theirs })),
)

type Found = { at: string; value: string; place: string; subject: string | null }

/** Pages of a table that are looked through at once. */
const pages = 64
/** Values that are found at once wherever they are. */
const together = 200

export type Progress = (done: { table: string; column: string; values: number }) => void

/** Returns how many values were sealed anew. What none of the keys opens is counted in `failed` and stays. */
export const resealAll = async (
  database: Database,
  sealer: Sealer,
  { signal, progress }: { signal?: AbortSignal | undefined; progress?: Progress | undefined } = {},
): Promise<{ values: number; failed: number }> => {
  const all = { values: 0, failed: 0 }
  const parts = { database, sealer, signal, pace: createPace({ signal }) }
  for (const column of columns) {
    const { values, failed } = await resealColumn(parts, column)
    all.values += values
    all.failed += failed
    if (values > 0) progress?.({ table: column.table, column: column.column, values })
  }
  return all
}

type Parts = { database: Database; sealer: Sealer; signal: AbortSignal | undefined; pace: Pace }
type Done = { values: number; failed: number }

const resealColumn = async (parts: Parts, column: Column): Promise<Done> => {
  const { database, sealer, signal, pace } = parts
  const all = { values: 0, failed: 0 }
  const last = await pagesOf(database, column.table)
  // A small table is looked through by one statement in any case.
  for (let page = 0; last > pages && page < last && !signal?.aborted; page += pages) {
    const [from, until] = [`(${page},0)`, `(${page + pages},0)`]
    const there = Prisma.sql`t.ctid >= ${from}::tid AND t.ctid < ${until}::tid`
    const found = await pace.whole(() => find(database, sealer, column, there))
    const { values, failed } = await resealFound(parts, column, found)
    all.values += values
    all.failed += failed
  }
  const { values, failed } = await resealAnywhere(parts, column)
  return { values: all.values + values, failed: Math.max(all.failed, failed) }
}

/**
 * Whoever writes to a row moves it, to a page that was looked through before or was none yet. One statement sees each row once,
 * and finds a value by itself, wherever its row has gone to.
 */
const resealAnywhere = async (parts: Parts, column: Column): Promise<Done> => {
  const { database, sealer, signal, pace } = parts
  const all = { values: 0, failed: 0 }
  while (!signal?.aborted) {
    const done = await pace.whole(() =>
      database.transaction(async (tx) => {
        const found = await find(tx, sealer, column, Prisma.sql`true`, together)
        return found.length > 0 ? resealSome(tx, sealer, column, found, 'anywhere') : null
      }),
    )
    all.values += done?.values ?? 0
    all.failed = done?.failed ?? 0
    // Nothing is left, or only what opens with none of the keys.
    if (!done || done.values === 0) break
  }
  return all
}

/** In small transactions: each holds its rows until its end. */
const resealFound = async (
  { database, sealer, signal, pace }: Parts,
  column: Column,
  found: readonly Found[],
): Promise<Done> => {
  const all = { values: 0, failed: 0 }
  for (let from = 0; from < found.length && !signal?.aborted; ) {
    const { values, failed } = await pace.piece(async (size) => {
      const some = found.slice(from, from + size)
      from += some.length
      return database.transaction((tx) => resealSome(tx, sealer, column, some))
    })
    all.values += values
    all.failed += failed
  }
  return all
}

/** The same for what belongs to these subjects, in the caller's transaction: before their keys are destroyed. */
export const resealOf = async (
  tx: Tx,
  sealer: Sealer,
  { kind, ids }: { kind: SubjectKind; ids: readonly string[] },
): Promise<void> => {
  for (const column of columns.filter((one) => one.kind === kind)) {
    const found = await find(tx, sealer, column, belongingTo(column.theirs, ids))
    if (found.length > 0) await resealSome(tx, sealer, column, found)
  }
}

/** The condition of `theirs`, for these ids. */
export const belongingTo = (theirs: string, ids: readonly string[]): Prisma.Sql => {
  const [before = '', after = ''] = theirs.split(':ids')
  return Prisma.sql`${Prisma.raw(before)}${[...ids]}::uuid[]${Prisma.raw(after)}`
}

const find = (
  reader: Database | Tx,
  sealer: Sealer,
  { table, column, kind, whose, place, only }: Column,
  where: Prisma.Sql,
  most?: number,
): Promise<Found[]> => {
  const name = Prisma.raw(`t."${column}"`)
  const wanted =
    kind === null ? Prisma.sql`split_part(${name}, '.', 2) <> ${sealer.ids[0] ?? ''}` : Prisma.sql`true`
  const prisma = 'transaction' in reader ? reader.prisma : reader
  return prisma.$queryRaw<Found[]>`
    SELECT t.ctid::text AS at, ${name} AS value, (${Prisma.raw(place)})::text AS place,
      (${Prisma.raw(whose)})::text AS subject
    FROM ${Prisma.raw(`"${table}"`)} t
    WHERE ${where} AND ${name} LIKE 'v1.%' AND ${wanted} AND (${Prisma.raw(only)})
    ${most === undefined ? Prisma.empty : Prisma.sql`ORDER BY split_part(${name}, '.', 2) = ANY(${[...sealer.ids]}::text[]) DESC LIMIT ${most}`}`
}

const resealSome = async (
  tx: Tx,
  sealer: Sealer,
  { table, column, kind }: Column,
  found: readonly Found[],
  /** `anywhere`: each value is looked for in all of the table, not at the place where it was found. */
  where: 'there' | 'anywhere' = 'there',
): Promise<Done> => {
  const ids = found.flatMap(({ subject }) => subject ?? [])
  const sealers = kind === null ? null : await sealersOf(tx, sealer, { kind, ids })
  const changes = found.flatMap(({ at, value, place, subject }) => {
    const own = sealers === null ? sealer : sealers.get(subject ?? '')
    const becomes = own && resealed(own, value, `${table}.${column}.${place}`)
    return becomes ? [{ at, value, becomes }] : []
  })
  const [row] = await tx.$queryRaw<{ changed: number }[]>`
    SELECT reseal_values(${table}, ${column}, ${where === 'there' ? changes.map(({ at }) => at) : null}::text[]::tid[],
      ${changes.map(({ value }) => value)}::text[], ${changes.map(({ becomes }) => becomes)}::text[]) AS changed`
  return { values: row?.changed ?? 0, failed: found.length - changes.length }
}

/** Null: none of the keys opens it. */
const resealed = (own: Sealer, value: string, aad: string): string | null => {
  try {
    return own.seal(own.open(value, aad), aad)
  } catch {
    return null
  }
}

const pagesOf = async ({ prisma }: Database, table: string): Promise<number> => {
  const [row] = await prisma.$queryRaw<{ pages: number }[]>`
    SELECT ceil(pg_relation_size(${`"${table}"`}::regclass) / 8192.0)::int AS pages`
  return row?.pages ?? 0
}
