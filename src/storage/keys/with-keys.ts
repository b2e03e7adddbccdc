import { AsyncLocalStorage } from 'node:async_hooks'
import type { SqlDriverAdapter, SqlQuery, SqlQueryable, SqlResultSet } from '@prisma/driver-adapter-utils'
import { keysWanted, noteKeys, type SubjectKey, type SubjectKind } from './known-keys.ts'

/** Reads keys by `$1`, a list of ids as text: `a,b`. */
export const keysSql = `SELECT id, kind, subject_id::text AS subject_id, wrapped FROM subject_keys
  WHERE id = ANY(string_to_array($1, ','))`

export type KeyRow = { id: string; kind: SubjectKind; subject_id: string; wrapped: string | null }

export const toKey = ({ id, kind, subject_id: subjectId, wrapped }: KeyRow): SubjectKey => ({
  ...{ id, kind, subjectId, wrapped },
})

const later = new AsyncLocalStorage<Set<string>>()

/**
 * Rows that `work` reads come without their keys; `ids`: which they need, to be read once it is over. For whoever may not read the
 * table of keys.
 */
export const keysLater = async <T>(work: () => Promise<T>): Promise<{ result: T; ids: string[] }> => {
  const ids = new Set<string>()
  return { result: await later.run(ids, work), ids: [...ids] }
}

/** Sees to it that the keys which these rows need are known; asks for them, if need be, where the rows came from. */
export const withKeys = async (rows: unknown, ask: (ids: string) => Promise<KeyRow[]>): Promise<void> => {
  const wanted = keysWanted(rows)
  const left = later.getStore()
  if (left) for (const id of wanted) left.add(id)
  else if (wanted.length > 0) noteKeys((await ask(wanted.join(','))).map(toKey))
}

const asking = (ids: string): SqlQuery => ({
  sql: keysSql,
  args: [ids],
  argTypes: [{ scalarType: 'string', arity: 'scalar' }],
})

const fromSet = ({ rows }: SqlResultSet): KeyRow[] =>
  rows.map(([id, kind, subject_id, wrapped]) => ({ id, kind, subject_id, wrapped })) as KeyRow[]

const readWithKeys = (queryable: SqlQueryable): void => {
  const read = queryable.queryRaw.bind(queryable)
  queryable.queryRaw = async (query) => {
    const result = await read(query)
    await withKeys(result.rows, async (ids) => fromSet(await read(asking(ids))))
    return result
  }
}

/** Prisma's rows come with their keys, in a transaction of Prisma's too: read on its connection. */
export const adapterWithKeys = (adapter: SqlDriverAdapter): SqlDriverAdapter => {
  readWithKeys(adapter)
  const begin = adapter.startTransaction
  adapter.startTransaction = async function (this: SqlDriverAdapter, level) {
    const transaction = await begin.call(this, level)
    readWithKeys(transaction)
    return transaction
  }
  return adapter
}
