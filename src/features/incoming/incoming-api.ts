import { DomainError } from '#core/errors.ts'
import { isSameLook } from '#features/staff/one-look.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Reader, Tx } from '#storage/database.ts'
import {
  findIncoming,
  type IncomingFilter,
  listIncoming,
  type StoredIncoming,
} from '#storage/incoming/incoming.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type IncomingContent, openIncoming, reasonPlace, stateOfIncoming } from './incoming.ts'

// Messages about families as API keys see them: only those of the key's territories.

export type IncomingAccess = { caller: Caller; id: string }

/** Throws `not-found`, also if the key does not reach its territory. */
export const incomingForCaller = async (
  reader: Reader,
  { caller, id }: IncomingAccess,
): Promise<StoredIncoming> => {
  const incoming = await findIncoming(reader, id)
  if (!incoming || !reachesTerritory(caller, incoming.territory)) throw new DomainError('not-found')
  return incoming
}

/** A page of the messages that the key reaches, without their words; `next` is the number after which the following page begins. */
export const incomingListForCaller = async (
  reader: Reader,
  caller: Caller,
  {
    territories: wanted,
    ...filter
  }: Omit<IncomingFilter, 'territories'> & { territories?: string[] | undefined },
  page: { after?: number | undefined; limit: number },
): Promise<{ items: StoredIncoming[]; next: number | null }> => {
  const territories = wanted?.filter((code) => reachesTerritory(caller, code)) ?? caller.territories
  const found = await listIncoming(reader, { ...filter, territories }, { ...page, limit: page.limit + 1 })
  const items = found.slice(0, page.limit)
  return { items, next: found.length > items.length ? (items.at(-1)?.number ?? null) : null }
}

export type IncomingDetails = {
  incoming: StoredIncoming
  content: IncomingContent
  unconfirmed: string | null
}

/**
 * A message with its words. The caller of this says who reads; every access is audited. `again`: an open page is drawn anew, which
 * is audited unless the reader's last look was just now.
 */
export const readIncoming = async (
  tx: Tx,
  sealer: Sealer,
  given: {
    incoming: StoredIncoming
    by: { staffId?: string | undefined; apiKeyId?: string | undefined }
    now: Date
    again?: boolean | undefined
  },
): Promise<IncomingDetails> => {
  const { incoming, by, now, again = false } = given
  const { familyId, unconfirmed } = stateOfIncoming(incoming.steps)
  const look = { action: 'incoming.details', subjectId: incoming.id } as const
  const { staffId, apiKeyId = null } = by
  if (!again || staffId === undefined || !(await isSameLook(tx, { ...look, staffId }, now)))
    await addAudit(tx, { ...look, at: now, familyId, staffId: staffId ?? null, apiKeyId })
  return {
    incoming,
    content: openIncoming(sealer, incoming),
    unconfirmed: unconfirmed && sealer.open(unconfirmed, reasonPlace(incoming.id)),
  }
}
