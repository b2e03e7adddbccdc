import { createHash } from 'node:crypto'
import { DomainError } from '#core/errors.ts'
import type { Caller } from './api-keys.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { Tx } from '#storage/database.ts'
import { deletePhoto, savePhoto } from '#storage/staff/staff-photos.ts'
import { stripImageMetadata } from './strip-image-metadata.ts'
import { lockManagedMember } from './staff-api.ts'

// A member's photo lets a family recognise who is at the door. Every change is audited.

type Change = { caller: Caller; id: string; now: Date }

/** Bytes. */
export const maxPhotoBytes = 500_000
/** Limits of each side, in pixels. */
export const photoSideLimits = { least: 100, most: 2000 } as const

export type StoredPhoto = { hash: string; width: number; height: number; bytes: number }

/**
 * Replaces a member's photo, without its metadata. Throws `invalid-input` if it is not an acceptable picture,
 * `not-found`, `not-allowed` if the member also serves territories beyond the key's.
 */
export const changePhoto = async (
  tx: Tx,
  { image, ...change }: Change & { image: Uint8Array },
): Promise<StoredPhoto> => {
  const member = await lockManagedMember(tx, change)
  return storePhoto(tx, { staffId: member.id, image, apiKeyId: change.caller.keyId, now: change.now })
}

/** `by`: the supervisor who changes it, if nobody else does. */
type Storing = { staffId: string; apiKeyId: string | null; by?: string; now: Date }

/** The same of a locked member, whoever changes it. Throws `invalid-input`. */
export const storePhoto = async (
  tx: Tx,
  { image, ...given }: Storing & { image: Uint8Array },
): Promise<StoredPhoto> => {
  const picture = image.length <= maxPhotoBytes ? stripImageMetadata(image) : null
  if (!picture || !fits(picture.width) || !fits(picture.height))
    throw new DomainError('invalid-input', { field: 'image' })
  const { bytes, width, height } = picture
  const hash = createHash('sha256').update(bytes).digest('hex')
  await savePhoto(tx, given.staffId, { hash, bytes, now: given.now })
  await audit(tx, given)
  return { hash, width, height, bytes: bytes.length }
}

/** Removes a member's photo, if there is one. Throws `not-found`, `not-allowed` as above. */
export const removePhoto = async (tx: Tx, change: Change): Promise<void> => {
  const member = await lockManagedMember(tx, change)
  await dropPhoto(tx, { staffId: member.id, apiKeyId: change.caller.keyId, now: change.now })
}

/** The same of a locked member. Returns whether there was one. */
export const dropPhoto = async (tx: Tx, given: Storing): Promise<boolean> => {
  const dropped = await deletePhoto(tx, given.staffId)
  if (dropped) await audit(tx, given)
  return dropped
}

const fits = (side: number): boolean => side >= photoSideLimits.least && side <= photoSideLimits.most

const audit = (tx: Tx, { staffId, apiKeyId, by, now }: Storing): Promise<void> =>
  addAudit(tx, {
    ...{ at: now, action: 'staff.changed', apiKeyId, subjectId: staffId },
    ...(by !== undefined && { staffId: by }),
  })
