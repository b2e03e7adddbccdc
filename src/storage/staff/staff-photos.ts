import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** JPEG or PNG, and the SHA-256 (hex) of its bytes. */
export type StaffPhoto = { hash: string; bytes: Uint8Array }

export const photoOf = async (reader: Reader, staffId: string): Promise<StaffPhoto | null> =>
  readFrom(reader).staffPhoto.findUnique({ where: { staffId }, select: { hash: true, bytes: true } })

/** Saves a member's photo, replacing the previous one. */
export const savePhoto = async (
  tx: Tx,
  staffId: string,
  { now, hash, bytes }: StaffPhoto & { now: Date },
): Promise<void> => {
  const photo = { hash, bytes: Uint8Array.from(bytes), at: now }
  await tx.staffPhoto.upsert({ where: { staffId }, create: { staffId, ...photo }, update: photo })
}

/** Deletes a member's photo; returns false if there was none. */
export const deletePhoto = async (tx: Tx, staffId: string): Promise<boolean> =>
  (await tx.staffPhoto.deleteMany({ where: { staffId } })).count > 0
