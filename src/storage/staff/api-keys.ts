import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

/** A stored API key, without the token. */
export type ApiKey = {
  id: string
  name: string
  scopes: string[]
  /** Codes of territories; empty: all. */
  territories: string[]
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
  createdAt: Date
}

export type NewApiKey = Pick<ApiKey, 'name' | 'scopes' | 'territories' | 'expiresAt'> & { tokenHash: string }

export const addApiKey = async (tx: Tx, key: NewApiKey): Promise<ApiKey> =>
  toKey(await tx.apiKey.create({ data: key }))

type KeyRow = { id: string; scopes: string[]; territories: string[] }

/** Finds a token's key in one prepared statement; null if it is unknown, expired or revoked. */
export const findKeyInForce = async (db: Database, tokenHash: string, now: Date): Promise<KeyRow | null> => {
  const [row] = await db.sql.query<KeyRow>('api-key', inForceSql, [tokenHash, now])
  return row ?? null
}

// `last_used_at` is precise to the minute: updating the row on every call would make it the most contended of all.
const inForceSql = `
  WITH found AS (
    SELECT id, scopes, territories, last_used_at FROM api_keys
    WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
  ), used AS (
    UPDATE api_keys SET last_used_at = $2 FROM found
    WHERE api_keys.id = found.id AND (found.last_used_at IS NULL OR found.last_used_at < $2::timestamptz - interval '1 minute')
  )
  SELECT id, scopes, territories FROM found`

/** Revokes a key; returns false if it does not exist or is already revoked. */
export const revokeApiKey = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })).count === 1

/** Returns all keys, oldest first. */
export const listApiKeys = async (reader: Reader): Promise<ApiKey[]> =>
  (await readFrom(reader).apiKey.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(toKey)

type StoredKey = NonNullable<Awaited<ReturnType<Database['prisma']['apiKey']['findUnique']>>>

const toKey = ({ tokenHash: _, ...key }: StoredKey): ApiKey => key
