import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

/** A stored API key, without the token. */
export type ApiKey = {
  id: string
  name: string
  scopes: string[]
  /** Codes of territories; empty: all. */
  territories: string[]
  expiresAt: Date
  /** The last warning before the end that supervisors got, as days before it. */
  expiryWarned: number | null
  revokedAt: Date | null
  lastUsedAt: Date | null
  createdAt: Date
}

export type NewApiKey = Pick<ApiKey, 'name' | 'scopes' | 'territories' | 'expiresAt'> & { tokenHash: string }

export const addApiKey = async (tx: Tx, key: NewApiKey): Promise<ApiKey> =>
  toKey(await tx.apiKey.create({ data: key }))

type KeyRow = Pick<ApiKey, 'id' | 'scopes' | 'territories' | 'expiresAt'>

/** Finds a token's key in one prepared statement; null if it is unknown, expired or revoked. */
export const findKeyInForce = async (db: Database, tokenHash: string, now: Date): Promise<KeyRow | null> => {
  const [row] = await db.sql.query<KeyRow>('api-key', inForceSql, [tokenHash, now])
  return row ?? null
}

// `last_used_at` is precise to the minute: updating the row on every call would make it the most contended of all.
const inForceSql = `
  WITH found AS (
    SELECT id, scopes, territories, expires_at, last_used_at FROM api_keys
    WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2
  ), used AS (
    UPDATE api_keys SET last_used_at = $2 FROM found
    WHERE api_keys.id = found.id AND (found.last_used_at IS NULL OR found.last_used_at < $2::timestamptz - interval '1 minute')
  )
  SELECT id, scopes, territories, expires_at AS "expiresAt" FROM found`

/** Revokes a key; returns false if it does not exist or is already revoked. */
export const revokeApiKey = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })).count === 1

export const findKey = async (reader: Reader, id: string): Promise<ApiKey | null> => {
  const row = await readFrom(reader).apiKey.findUnique({ where: { id } })
  return row && toKey(row)
}

/** Returns the keys in force that expire by a date, the next one first. */
export const keysExpiringBy = async (reader: Reader, date: Date, now: Date): Promise<ApiKey[]> => {
  const where = { revokedAt: null, expiresAt: { gt: now, lte: date } }
  const rows = await readFrom(reader).apiKey.findMany({
    where,
    orderBy: [{ expiresAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toKey)
}

/** Records a warning `days` before the end; false if it, or a later one, has been given. */
export const recordExpiryWarning = async (tx: Tx, id: string, days: number): Promise<boolean> => {
  const not = { OR: [{ expiryWarned: null }, { expiryWarned: { gt: days } }] }
  return (await tx.apiKey.updateMany({ where: { id, ...not }, data: { expiryWarned: days } })).count === 1
}

/** Returns all keys, oldest first. */
export const listApiKeys = async (reader: Reader): Promise<ApiKey[]> =>
  (await readFrom(reader).apiKey.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(toKey)

type StoredKey = NonNullable<Awaited<ReturnType<Database['prisma']['apiKey']['findUnique']>>>

const toKey = ({ tokenHash: _, eventsSince: __, ...key }: StoredKey): ApiKey => key
