import { type Reader, readFrom, type Tx } from '#storage/database.ts'

/** A passkey of a member of staff. */
export type Passkey = {
  id: string
  staffId: string
  /** The credential's id, in base64url. */
  credential: string
  /** In COSE. */
  publicKey: Uint8Array<ArrayBuffer>
  counter: bigint
  name: string
  createdAt: Date
  usedAt: Date | null
}

/** Returns false if the credential is known already. */
export const insertPasskey = async (tx: Tx, passkey: Omit<Passkey, 'id' | 'usedAt'>): Promise<boolean> =>
  (await tx.consolePasskey.createMany({ data: [passkey], skipDuplicates: true })).count === 1

export const findPasskey = (reader: Reader, credential: string): Promise<Passkey | null> =>
  readFrom(reader).consolePasskey.findUnique({ where: { credential } })

/** A member's passkeys, the oldest first. */
export const passkeysOf = (reader: Reader, staffId: string): Promise<Passkey[]> =>
  readFrom(reader).consolePasskey.findMany({
    where: { staffId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })

export const usePasskey = async (
  tx: Tx,
  { id, counter, now }: { id: string; counter: number; now: Date },
): Promise<void> => {
  await tx.consolePasskey.update({ where: { id }, data: { counter, usedAt: now } })
}

/** Deletes one of a member's passkeys; returns false if they have no such one. */
export const deletePasskey = async (tx: Tx, passkey: { id: string; staffId: string }): Promise<boolean> =>
  (await tx.consolePasskey.deleteMany({ where: passkey })).count === 1

/** Deletes all of a member's passkeys. Returns how many. */
export const deletePasskeysOf = async (tx: Tx, staffId: string): Promise<number> =>
  (await tx.consolePasskey.deleteMany({ where: { staffId } })).count

/** Notes that a challenge was answered; returns false if it was before. */
export const takeChallenge = async (tx: Tx, challenge: { hash: string; expiresAt: Date }): Promise<boolean> =>
  (await tx.consoleChallenge.createMany({ data: [challenge], skipDuplicates: true })).count === 1

export const deleteChallengesBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.consoleChallenge.deleteMany({ where: { expiresAt: { lt: date } } })).count

/** Who a member is for the centre's own sign-in, in place of who they were; null: nobody. */
export const setIdentity = async (
  tx: Tx,
  { staffId, valueHash, now }: { staffId: string; valueHash: string | null; now: Date },
): Promise<void> => {
  await tx.consoleIdentity.deleteMany({ where: { staffId } })
  if (valueHash !== null) await tx.consoleIdentity.create({ data: { staffId, valueHash, createdAt: now } })
}

/** Whose one of these identities is; null: nobody's. */
export const staffOfIdentity = async (
  reader: Reader,
  valueHashes: readonly string[],
): Promise<string | null> => {
  const where = { valueHash: { in: [...valueHashes] } }
  return (await readFrom(reader).consoleIdentity.findFirst({ where }))?.staffId ?? null
}

/** Takes a member who has not joined the bot in at the desk, as somebody without an account. Returns false if they have joined. */
export const joinAtDesk = async (
  tx: Tx,
  { staffId, personId, now }: { staffId: string; personId: string; now: Date },
): Promise<boolean> =>
  (
    await tx.staffMember.updateMany({
      where: { id: staffId, personId: null },
      data: { personId, deskSince: now },
    })
  ).count === 1

/** Whether a member works in the console without Telegram. */
export const isAtDesk = async (reader: Reader, staffId: string): Promise<boolean> =>
  (await readFrom(reader).staffMember.count({ where: { id: staffId, deskSince: { not: null } } })) === 1

/** When the person of a member was at the console last; null: never, or long ago. */
export const lastAtDesk = async (reader: Reader, personId: string): Promise<Date | null> => {
  const found = await readFrom(reader).consoleSession.aggregate({
    where: { staff: { personId } },
    _max: { seenAt: true },
  })
  return found._max.seenAt
}
