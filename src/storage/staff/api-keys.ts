import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

/** A key as it is kept: never the token itself. */
export type ApiKey = {
  id: string
  name: string
  scopes: string[]
  /** Codes of territories; empty: all of them. */
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

/** The key of a token that is neither expired nor revoked, in one prepared statement; null for any other token. */
export const findKeyInForce = async (db: Database, tokenHash: string, now: Date): Promise<KeyRow | null> => {
  const [row] = await db.sql.query<KeyRow>('api-key', inForceSql, [tokenHash, now])
  return row ?? null
}

// The last use is kept to the minute: a row written at every call would be the busiest of all.
const inForceSql = `
  WITH found AS (
    SELECT id, scopes, territories, last_used_at FROM api_keys
    WHERE token_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
  ), used AS (
    UPDATE api_keys SET last_used_at = $2 FROM found
    WHERE api_keys.id = found.id AND (found.last_used_at IS NULL OR found.last_used_at < $2::timestamptz - interval '1 minute')
  )
  SELECT id, scopes, territories FROM found`

/** False when there is no such key, or it is revoked already. */
export const revokeApiKey = async (tx: Tx, id: string, now: Date): Promise<boolean> =>
  (await tx.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })).count === 1

/** Oldest first. */
export const listApiKeys = async (reader: Reader): Promise<ApiKey[]> =>
  (await readFrom(reader).apiKey.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(toKey)

type StoredKey = NonNullable<Awaited<ReturnType<Database['prisma']['apiKey']['findUnique']>>>

const toKey = ({ tokenHash: _, ...key }: StoredKey): ApiKey => key
