import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'

export type FamilyDeps = { sealer: Sealer; enqueue: Enqueue; region: Region }

/** The author of a change: a staff member, or an API key. */
export type Actor = { staffId?: string | undefined; apiKeyId?: string | undefined }

/** After support ends the family is read-only. Throws `already-closed`. */
export const mustBeActive = ({ status }: Pick<Family, 'status'>): void => {
  if (status !== 'active') throw new DomainError('already-closed')
}

/** Throws `stale` if the row has changed since it was looked at; without a revision nobody asks. */
export const mustBeSeen = (row: { revision: number }, revision: number | undefined): void => {
  if (revision !== undefined && revision !== row.revision) throw new DomainError('stale')
}
