import { DomainError } from '#core/errors.ts'
import { newSecret, sha256 } from '#core/ids.ts'
import { type ApiKey, addApiKey, findKeyInForce, revokeApiKey } from '#storage/staff/api-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Database, Tx } from '#storage/database.ts'
import { pauseEndpointsOf } from '#storage/webhooks/webhook-endpoints.ts'
import { type Scope, scopes } from './api-scopes.ts'

/** Whoever calls the staff API, and what the key allows. */
export type Caller = {
  keyId: string
  scopes: ReadonlySet<Scope>
  territories: readonly string[] | 'all'
}

const prefix = 'ryadom_'

/** Makes a key; the token (256 random bits) is in the answer and nowhere else. */
export const createKey = async (
  tx: Tx,
  given: {
    name: string
    scopes: readonly Scope[]
    territories: readonly string[]
    expiresAt: Date | null
    now: Date
  },
): Promise<{ key: ApiKey; token: string }> => {
  const token = `${prefix}${newSecret()}`
  const key = await addApiKey(tx, {
    name: given.name,
    scopes: [...new Set(given.scopes)],
    territories: [...new Set(given.territories)],
    expiresAt: given.expiresAt,
    tokenHash: sha256(token),
  })
  await addAudit(tx, { at: given.now, action: 'key.created', subjectId: key.id })
  return { key, token }
}

/**
 * From the next call on the key is refused, and the endpoints that it made are paused: whoever holds it hears of
 * nothing more. Returns how many those were. Throws `not-found`, also for one that is revoked already.
 */
export const revokeKey = async (tx: Tx, id: string, now: Date): Promise<{ paused: number }> => {
  if (!(await revokeApiKey(tx, id, now))) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'key.revoked', subjectId: id })
  const paused = await pauseEndpointsOf(tx, id)
  for (const subjectId of paused) await addAudit(tx, { at: now, action: 'webhook.changed', subjectId })
  return { paused: paused.length }
}

/**
 * Who holds this token; null for one that is unknown, expired or revoked, which look alike. The lookup is by the
 * token's hash, so its time tells nothing about a token that is nearly right.
 */
export const findCaller = async (database: Database, token: string, now: Date): Promise<Caller | null> => {
  if (!token.startsWith(prefix)) return null
  const key = await findKeyInForce(database, sha256(token), now)
  return (
    key && {
      keyId: key.id,
      scopes: new Set(scopes.filter((scope) => key.scopes.includes(scope))),
      territories: key.territories.length > 0 ? key.territories : 'all',
    }
  )
}

/** Whether the caller's key reaches a territory. */
export const reachesTerritory = ({ territories }: Pick<Caller, 'territories'>, territory: string): boolean =>
  territories === 'all' || territories.includes(territory)
