import { DomainError } from '#core/errors.ts'
import { newSecret, sha256 } from '#core/ids.ts'
import { type ApiKey, addApiKey, findKeyInForce, revokeApiKey } from '#storage/staff/api-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Database, Tx } from '#storage/database.ts'
import { pauseEndpointsOf } from '#storage/webhooks/webhook-endpoints.ts'
import { type Scope, scopes } from './api-scopes.ts'

/** The caller of the staff API, with what its key allows. */
export type Caller = {
  keyId: string
  scopes: ReadonlySet<Scope>
  territories: readonly string[] | 'all'
  expiresAt: Date
}

/** How long a key is valid unless told otherwise. */
export const defaultKeyDays = 365
/** A longer term would be as good as none. */
export const mostKeyDays = 3650

const dayMs = 24 * 60 * 60 * 1000
const prefix = 'ryadom_'

/** Creates a key, by default for a year. Returns its token (256 random bits), which is not stored. */
export const createKey = async (
  tx: Tx,
  given: {
    name: string
    scopes: readonly Scope[]
    territories: readonly string[]
    expiresAt?: Date | undefined
    /** Who makes it in the console; absent: an operator. */
    by?: string
    now: Date
  },
): Promise<{ key: ApiKey; token: string }> => {
  const token = `${prefix}${newSecret()}`
  const key = await addApiKey(tx, {
    name: given.name,
    scopes: [...new Set(given.scopes)],
    territories: [...new Set(given.territories)],
    expiresAt: given.expiresAt ?? new Date(given.now.getTime() + defaultKeyDays * dayMs),
    tokenHash: sha256(token),
  })
  const actor = { staffId: given.by ?? null }
  await addAudit(tx, { at: given.now, action: 'key.created', subjectId: key.id, ...actor })
  return { key, token }
}

/**
 * Revokes a key and pauses the webhook endpoints that it created, so that its holder receives no more events.
 * Takes effect from the next call. Returns the number of paused endpoints. Throws `not-found`, also if the
 * key is already revoked.
 */
export const revokeKey = async (
  tx: Tx,
  id: string,
  now: Date,
  by: string | null = null,
): Promise<{ paused: number }> => {
  if (!(await revokeApiKey(tx, id, now))) throw new DomainError('not-found')
  const actor = { staffId: by }
  await addAudit(tx, { at: now, action: 'key.revoked', subjectId: id, ...actor })
  const paused = await pauseEndpointsOf(tx, id)
  for (const subjectId of paused)
    await addAudit(tx, { at: now, action: 'webhook.changed', subjectId, ...actor })
  return { paused: paused.length }
}

/**
 * Finds the caller by token; null if the token is unknown, expired or revoked, without telling which. The
 * lookup uses the token's hash, so its timing reveals nothing about similar tokens.
 */
export const findCaller = async (database: Database, token: string, now: Date): Promise<Caller | null> => {
  if (!token.startsWith(prefix)) return null
  const key = await findKeyInForce(database, sha256(token), now)
  return (
    key && {
      keyId: key.id,
      scopes: new Set(scopes.filter((scope) => key.scopes.includes(scope))),
      territories: key.territories.length > 0 ? key.territories : 'all',
      expiresAt: key.expiresAt,
    }
  )
}

/** Whether the caller's key reaches a territory. */
export const reachesTerritory = ({ territories }: Pick<Caller, 'territories'>, territory: string): boolean =>
  territories === 'all' || territories.includes(territory)
