import { randomBytes } from 'node:crypto'
import { DomainError } from '#core/errors.ts'
import type { Database, Reader, Tx } from '../database.ts'
import { directFrom } from '../direct.ts'
import type { Sealer } from '../seal.ts'
import { tellDestroyed } from '../news.ts'
import {
  knownKey,
  noteDestroyed,
  noteKeys,
  type SubjectKey,
  type SubjectKind,
  wrapPlace,
} from './known-keys.ts'
import { type KeyRow, toKey } from './with-keys.ts'

/** Whose a sealed value is. */
export type Subject =
  | { person: string }
  | { member: string }
  | { family: string }
  | { appeal: string }
  | { errand: string }

/** Ids of keys by subject, as far as this process has committed or read them. */
type Cached = Map<string, string>
const most = 50_000

const cachedOf = new WeakMap<Database, Cached>()
/** What a transaction has made or read: forgotten with it if it is rolled back, because then the row does not exist. */
const inTransaction = new WeakMap<Tx, { database: Database; keys: Cached; destroyed: string[] }>()

const cacheOf = (database: Database): Cached => {
  const cached = cachedOf.get(database) ?? new Map<string, string>()
  cachedOf.set(database, cached)
  return cached
}

/** From here on keys are asked for in this transaction; returns what has to be called once it is committed. */
export const keysOfTransaction = (database: Database, tx: Tx): (() => void) => {
  const keys: Cached = new Map()
  const destroyed: string[] = []
  inTransaction.set(tx, { database, keys, destroyed })
  return () => {
    noteDestroyed(destroyed)
    const cached = cacheOf(database)
    if (cached.size + keys.size > most) cached.clear()
    for (const [name, id] of keys) cached.set(name, id)
  }
}

/**
 * A sealer that seals with the key of this subject, which is made with its first value, and opens whatever `sealer` opens. Without
 * a query if the key is known. Throws `not-found` if it was destroyed: nothing is kept of who was erased.
 */
export const sealerOf = async (reader: Reader, sealer: Sealer, subject: Subject): Promise<Sealer> => {
  const { kind, subjectId } = namedOf(subject)
  const name = `${kind}.${subjectId}`
  const isDatabase = 'transaction' in reader
  const own = isDatabase ? null : inTransaction.get(reader)
  const database = isDatabase ? reader : own?.database
  const cached = knownKey(own?.keys.get(name) ?? (database && cacheOf(database).get(name)) ?? '')
  const key = cached ?? (await findOrMake(reader, sealer, { kind, subjectId }))
  if (key.wrapped === null) throw new DomainError('not-found')
  if (!cached) {
    noteKeys([key])
    if (isDatabase) cacheOf(reader).set(name, key.id)
    else own?.keys.set(name, key.id)
  }
  return sealer.under(key)
}

const namedOf = (subject: Subject): Pick<SubjectKey, 'kind' | 'subjectId'> => {
  const [kind, subjectId] = Object.entries(subject)[0] as [SubjectKind, string]
  return { kind, subjectId }
}

/** Reads the keys with these ids, for rows that came without them. */
export const readKeys = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  const rows = await directFrom(tx)<KeyRow>`
    SELECT id, kind, subject_id::text AS subject_id, wrapped FROM subject_keys WHERE id = ANY(${[...ids]}::text[])`
  noteKeys(rows.map(toKey))
}

/** Sealers of many subjects of a kind at once, by id; without those whose key was destroyed. */
export const sealersOf = async (
  tx: Tx,
  sealer: Sealer,
  { kind, ids }: { kind: SubjectKind; ids: readonly string[] },
): Promise<Map<string, Sealer>> => {
  const wanted = [...new Set(ids)].sort()
  const made = wanted.map((subjectId) => {
    const of = { id: randomBytes(16).toString('base64url'), kind, subjectId }
    return { ...of, wrapped: sealer.seal(randomBytes(32).toString('base64url'), wrapPlace(of)) }
  })
  await directFrom(tx)`
    INSERT INTO subject_keys (id, kind, subject_id, wrapped)
    SELECT made.id, ${kind}, made.subject_id::uuid, made.wrapped FROM unnest(
      ${made.map(({ id }) => id)}::text[], ${wanted}::text[], ${made.map(({ wrapped }) => wrapped)}::text[]
    ) AS made(id, subject_id, wrapped)
    WHERE NOT EXISTS (SELECT FROM subject_keys WHERE kind = ${kind} AND subject_id = made.subject_id::uuid)
    ON CONFLICT (kind, subject_id) DO NOTHING`
  const rows = await directFrom(tx)<KeyRow>`
    SELECT id, kind, subject_id::text AS subject_id, wrapped FROM subject_keys
    WHERE kind = ${kind} AND subject_id = ANY(${wanted}::text[]::uuid[])`
  const keys = rows.map(toKey)
  noteKeys(keys)
  return new Map(
    keys.flatMap((key) => (key.wrapped === null ? [] : [[key.subjectId, sealer.under(key)] as const])),
  )
}

/**
 * Destroys the keys of these subjects; of one that has none a row is left that says so, and none can be made any more. Returns how
 * many keys there were.
 */
export const destroyKeys = async (
  tx: Tx,
  { kind, ids }: { kind: SubjectKind; ids: readonly string[] },
  /** Null: the database's. */
  now: Date | null,
): Promise<number> => {
  const had = await directFrom(tx)<{ id: string }>`
    UPDATE subject_keys SET wrapped = NULL, destroyed_at = coalesce(${now}::timestamptz, now())
    WHERE kind = ${kind} AND subject_id = ANY(${[...ids]}::uuid[]) AND destroyed_at IS NULL RETURNING id`
  const wanted = ids.map(() => randomBytes(16).toString('base64url'))
  await directFrom(tx)`
    INSERT INTO subject_keys (id, kind, subject_id, destroyed_at)
    SELECT made.id, ${kind}, made.subject_id, coalesce(${now}::timestamptz, now())
    FROM unnest(${wanted}::text[], ${[...ids]}::uuid[]) AS made(id, subject_id)
    ON CONFLICT (kind, subject_id) DO UPDATE SET wrapped = NULL, destroyed_at = coalesce(${now}::timestamptz, now())
    WHERE subject_keys.destroyed_at IS NULL`
  await noteGone(tx, had)
  return had.length
}

/**
 * Removes the key of somebody of whom nothing is kept, with its row. Nothing that it sealed may stay behind: unlike what a destroyed
 * key has sealed, it could not be told from what lacks its key by mistake.
 */
export const forgetKey = async (tx: Tx, subject: Subject): Promise<void> => {
  const { kind, subjectId } = namedOf(subject)
  const had = await directFrom(tx)<{ id: string }>`
    DELETE FROM subject_keys WHERE kind = ${kind} AND subject_id = ${subjectId}::uuid RETURNING id`
  await noteGone(tx, had)
}

/** From the commit on neither this process nor another one opens anything with them. */
const noteGone = async (tx: Tx, had: readonly { id: string }[]): Promise<void> => {
  const ids = had.map(({ id }) => id)
  inTransaction.get(tx)?.destroyed.push(...ids)
  await tellDestroyed(tx, ids)
}

/** Wraps the key of a subject with the first key, unless it is wrapped by it. */
export const rewrapKeyOf = async (tx: Tx, sealer: Sealer, subject: Subject): Promise<void> => {
  const { kind, subjectId } = namedOf(subject)
  const rows = await directFrom(tx)<KeyRow>`
    SELECT id, kind, subject_id::text AS subject_id, wrapped FROM subject_keys
    WHERE kind = ${kind} AND subject_id = ${subjectId}::uuid AND destroyed_at IS NULL FOR UPDATE`
  for (const key of rows.map(toKey)) {
    const rewrapped = rewrap(sealer, key)
    if (rewrapped === key.wrapped) continue
    await directFrom(tx)`UPDATE subject_keys SET wrapped = ${rewrapped} WHERE id = ${key.id}`
    // It is the same key, whatever becomes of the transaction.
    noteKeys([{ ...key, wrapped: rewrapped }])
  }
}

/** The key as the first of DATA_KEYS wraps it; as it is, if that has. Throws UnknownKey. */
export const rewrap = (sealer: Sealer, key: SubjectKey): string | null => {
  if (key.wrapped === null || key.wrapped.split('.')[1] === sealer.ids[0]) return key.wrapped
  const place = wrapPlace(key)
  return sealer.seal(sealer.open(key.wrapped, place), place)
}

/** As a row: two processes that make the key of one subject at once get the same one. */
const findOrMake = async (
  reader: Reader,
  sealer: Sealer,
  of: Pick<SubjectKey, 'kind' | 'subjectId'>,
): Promise<SubjectKey> => {
  const { kind, subjectId } = of
  const id = randomBytes(16).toString('base64url')
  const wrapped = sealer.seal(randomBytes(32).toString('base64url'), wrapPlace({ id, ...of }))
  const [row] = await directFrom(reader)<KeyRow>`
    WITH known AS (
      SELECT id, kind, subject_id, wrapped FROM subject_keys
      WHERE kind = ${kind} AND subject_id = ${subjectId}::uuid
    ), made AS (
      INSERT INTO subject_keys (id, kind, subject_id, wrapped)
      SELECT ${id}, ${kind}, ${subjectId}::uuid, ${wrapped} WHERE NOT EXISTS (SELECT FROM known)
      ON CONFLICT (kind, subject_id) DO NOTHING RETURNING id, kind, subject_id, wrapped
    )
    SELECT id, kind, subject_id::text AS subject_id, wrapped FROM known
    UNION ALL SELECT id, kind, subject_id::text, wrapped FROM made`
  if (row) return toKey(row)
  // Another transaction has made it meanwhile, and this statement was older than its commit.
  const [theirs] = await directFrom(reader)<KeyRow>`
    SELECT id, kind, subject_id::text AS subject_id, wrapped FROM subject_keys
    WHERE kind = ${kind} AND subject_id = ${subjectId}::uuid`
  if (!theirs) throw new Error('the key of a subject was neither found nor made')
  return toKey(theirs)
}
