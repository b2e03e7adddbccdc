import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { type EventType, eventTypes, unheardBy } from './event-scopes.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { CheckedUrl } from './ssrf-guard.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { findKey } from '#storage/staff/api-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import {
  addEndpoint,
  adoptEndpoint,
  type Endpoint,
  findEndpoint,
  isWithin,
  listEndpoints,
  lockEndpoint,
  pauseEndpoint,
  removeEndpoint,
  resumeEndpoint,
  secretsOf,
  updateEndpoint,
} from '#storage/webhooks/webhook-endpoints.ts'
import { newWebhookSecret, openSecrets, rotated, sealSecrets } from './signing-secrets.ts'

/** The API key that makes the call, and the territories it reaches; `staffId`: an administrator in the console acts for it. */
export type EndpointCaller = {
  keyId: string
  territories: readonly string[] | 'all'
  staffId?: string | undefined
}
/** Or an administrator for themselves, who owns no endpoint: what one may hear is decided by a key. */
export type EndpointChanger = EndpointCaller | { keyId: null; territories: 'all'; staffId: string }

/**
 * Finds an endpoint within the key's territories. Throws `not-found` for any other, as if it did not exist.
 */
export const endpointForCaller = async (
  reader: Reader,
  caller: EndpointChanger,
  id: string,
): Promise<Endpoint> => {
  const endpoint = await findEndpoint(reader, id)
  if (!endpoint || !isWithin(endpoint.territories, caller.territories)) throw new DomainError('not-found')
  return endpoint
}

/** The same, locked until the transaction ends. */
export const lockEndpointForCaller = async (
  tx: Tx,
  caller: EndpointChanger,
  id: string,
): Promise<Endpoint> => {
  const endpoint = await lockEndpoint(tx, id, caller.territories)
  if (!endpoint) throw new DomainError('not-found')
  return endpoint
}

/** The types that an endpoint would get but for its key, which lacks their scope, was revoked or has expired. */
export const silencedTypes = async (
  reader: Reader,
  { apiKeyId, events }: Endpoint,
  now: Date,
): Promise<EventType[]> => {
  // The sandbox's own endpoint hears all.
  if (apiKeyId === null) return []
  const key = await findKey(reader, apiKeyId)
  const held = key && key.revokedAt === null && key.expiresAt > now ? key.scopes : []
  const wanted = eventTypes.filter((type) => events.length === 0 || events.includes(type))
  return unheardBy(new Set(scopes.filter((scope) => held.includes(scope))), wanted)
}

/** The endpoints within the key's territories, oldest first. */
export const endpointsForCaller = (
  reader: Reader,
  caller: EndpointChanger,
  updatedSince?: Date,
): Promise<Endpoint[]> => listEndpoints(reader, caller.territories, updatedSince)

/**
 * Creates an endpoint. Returns its secret, which cannot be read again. `url` comes from `checkAddress`
 * (webhooks/ssrf-guard.ts). Empty `events` or `territories` mean all, within the key's territories. Throws
 * `not-allowed` for a territory beyond the key's.
 */
export const createEndpoint = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  {
    caller,
    url,
    events,
    territories,
    now,
  }: {
    caller: EndpointCaller
    url: CheckedUrl
    events: readonly EventType[]
    territories: readonly string[]
    now: Date
  },
): Promise<{ endpoint: Endpoint; secret: string }> => {
  const id = newId()
  const secret = newWebhookSecret()
  const endpoint = await addEndpoint(tx, {
    id,
    apiKeyId: caller.keyId,
    url: url.href,
    events: [...new Set(events)],
    territories: subscribedTerritories(caller, territories),
    secrets: sealSecrets(sealer, id, [{ secret }]),
    createdAt: now,
  })
  await audit(tx, caller, id, now)
  return { endpoint, secret }
}

/**
 * Updates the given fields. The endpoint belongs to the caller's key from then on, and hears what that key may hear.
 * Throws `stale` if `revision` is given and outdated.
 */
export const changeEndpoint = async (
  tx: Tx,
  {
    caller,
    id,
    revision,
    changes: { url, events, territories },
    now,
  }: {
    caller: EndpointCaller
    id: string
    revision: number | undefined
    changes: {
      url?: CheckedUrl | undefined
      events?: readonly EventType[] | undefined
      territories?: readonly string[] | undefined
    }
    now: Date
  },
): Promise<Endpoint> => {
  await lockEndpointForCaller(tx, caller, id)
  const changes = {
    // Whoever decides where the events go must be allowed to hear them.
    apiKeyId: caller.keyId,
    ...(url && { url: url.href }),
    ...(events && { events: [...new Set(events)] }),
    ...(territories && { territories: subscribedTerritories(caller, territories) }),
  }
  const changed = await updateEndpoint(tx, { id, revision, changes })
  if (!changed) throw new DomainError('stale')
  await audit(tx, caller, id, now)
  return changed
}

type OneEndpoint = { caller: EndpointChanger; id: string; now: Date }

/** Pauses an endpoint: its new deliveries are held. Does nothing if it is paused. */
export const pauseForCaller = async (tx: Tx, { caller, id, now }: OneEndpoint): Promise<Endpoint> => {
  await lockEndpointForCaller(tx, caller, id)
  if (await pauseEndpoint(tx, id, 'staff')) await audit(tx, caller, id, now)
  return endpointForCaller(tx, caller, id)
}

/**
 * Resumes an endpoint and sends the held deliveries, starting at the first attempt. An endpoint whose key is revoked or
 * expired belongs to the caller's from then on. Does nothing if it is active under a valid key.
 */
export const resumeForCaller = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { caller, id, now }: OneEndpoint,
): Promise<Endpoint> => {
  await lockEndpointForCaller(tx, caller, id)
  const adopted = caller.keyId !== null && (await adoptEndpoint(tx, { id, apiKeyId: caller.keyId, now }))
  if ((await resumeEndpoint(tx, id)) || adopted) {
    await enqueue(tx, 'webhook-release', { endpointId: id })
    await audit(tx, caller, id, now)
  }
  return endpointForCaller(tx, caller, id)
}

/**
 * Deletes an endpoint with its delivery history; an attempt in flight may still arrive. Throws `stale` if
 * `revision` is given and outdated.
 */
export const removeForCaller = async (
  tx: Tx,
  { caller, id, revision, now }: OneEndpoint & { revision?: number | undefined },
): Promise<void> => {
  const endpoint = await lockEndpointForCaller(tx, caller, id)
  if (revision !== undefined && revision !== endpoint.revision) throw new DomainError('stale')
  await removeEndpoint(tx, id)
  await audit(tx, caller, id, now)
}

/** Creates a new signing secret, which cannot be read again; the old one keeps signing beside it for 24 h. */
export const rotateSecret = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { caller, id, now }: OneEndpoint,
): Promise<{ endpoint: Endpoint; secret: string }> => {
  await lockEndpointForCaller(tx, caller, id)
  const sealed = await secretsOf(tx, id)
  if (sealed === null) throw new DomainError('not-found')
  const secret = newWebhookSecret()
  const secrets = sealSecrets(sealer, id, rotated(openSecrets(sealer, id, sealed), secret, now))
  const endpoint = await updateEndpoint(tx, { id, revision: undefined, changes: { secrets } })
  if (!endpoint) throw new DomainError('not-found')
  await audit(tx, caller, id, now)
  return { endpoint, secret }
}

const subscribedTerritories = (caller: EndpointChanger, territories: readonly string[]): string[] => {
  if (territories.length === 0) return caller.territories === 'all' ? [] : [...caller.territories]
  if (!isWithin(territories, caller.territories)) throw new DomainError('not-allowed')
  return [...new Set(territories)]
}

const audit = (tx: Tx, { keyId, staffId }: EndpointChanger, subjectId: string, now: Date): Promise<void> => {
  const actor = staffId === undefined ? { apiKeyId: keyId } : { staffId }
  return addAudit(tx, { at: now, action: 'webhook.changed', ...actor, subjectId })
}
