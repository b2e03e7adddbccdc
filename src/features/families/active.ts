import { DomainError } from '#core/errors.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Family } from '#storage/families/families.ts'
import type { Sealer } from '#storage/seal.ts'

export type FamilyDeps = { sealer: Sealer; enqueue: Enqueue; region: Region }

/** Who makes a change: a member of staff, or one of the centre's own systems by its key. */
export type Actor = { staffId?: string | undefined; apiKeyId?: string | undefined }

/** Members go on reading when support is over; nobody changes anything. Throws `already-closed`. */
export const mustBeActive = ({ status }: Pick<Family, 'status'>): void => {
  if (status !== 'active') throw new DomainError('already-closed')
}
