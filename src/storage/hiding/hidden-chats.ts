import { namesOf } from '#storage/accounts.ts'
import { type Database, type NamedQuery, type Reader, readFrom, type Tx } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'
import type { Sealer } from '#storage/seal.ts'

/** A hidden chat; `cleared`: everything that could be deleted was. */
export type HiddenChat = { since: Date; cleared: boolean }

/** Whether the chat of an account is hidden, and since when; null: it is not. One prepared statement. */
export const findHidden = async (
  db: Database,
  sealer: Sealer,
  account: string,
): Promise<HiddenChat | null> => {
  const { name, text, values } = hiddenQuery(sealer, account)
  const [row] = await db.sql.query<HiddenChat>(name, text, values)
  return row ?? null
}

/** The statement of `findHidden`. */
export const hiddenQuery = (sealer: Sealer, account: string): NamedQuery => ({
  name: 'hidden-chat',
  text: byAccount,
  values: [namesOf(sealer, account)],
})

// Accounts of stored persons may be hashed anew meanwhile, so they are found by the person.
const byAccount = `
  SELECT since, cleared_at IS NOT NULL AS cleared FROM hidden_chats
  WHERE account = ANY($1::text[]) OR person_id = (SELECT id FROM persons WHERE account = ANY($1::text[]) LIMIT 1)
  LIMIT 1`

/** Whether a stored person's chat is hidden. */
export const isHidden = async (reader: Reader, personId: string): Promise<boolean> => {
  const rows = await directFrom(reader)`
    SELECT 1 FROM hidden_chats WHERE person_id = ${personId}::uuid LIMIT 1`
  return rows.length > 0
}

/** Those of them who have hidden the chat. */
export const hiddenAmong = async (
  reader: Reader,
  personIds: readonly (string | null)[],
): Promise<ReadonlySet<string>> => {
  const where = { personId: { in: personIds.filter((id) => id !== null) } }
  const rows = await readFrom(reader).hiddenChat.findMany({ where, select: { personId: true } })
  return new Set(rows.flatMap(({ personId }) => personId ?? []))
}

export type NewHidden = {
  account: string
  personId: string | null
  /** For somebody who is not stored: what is to be deleted. */
  messageIds: readonly string[]
  now: Date
}

/** Hides a chat; returns false if it is hidden already. */
export const insertHidden = async (
  tx: Tx,
  sealer: Sealer,
  { account, personId, messageIds, now }: NewHidden,
): Promise<boolean> => {
  const [name = account] = namesOf(sealer, account)
  const data = [{ account: name, personId, messageIds: [...messageIds], since: now }]
  return (await tx.hiddenChat.createMany({ data, skipDuplicates: true })).count === 1
}

/** Notes that the person has read what hiding does. */
export const markHideExplained = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  await tx.person.updateMany({
    where: { id: personId, hideExplainedAt: null },
    data: { hideExplainedAt: now },
  })
}

/** Where a chat's row is found: by account, or by the person if they are stored. */
const ofAccount = (sealer: Sealer, account: string) => {
  const names = namesOf(sealer, account)
  return { OR: [{ account: { in: names } }, { person: { account: { in: names } } }] }
}

/**
 * Takes a lease on deleting, because a job and an input may both want to. Returns the ids that are noted in the row; null
 * if somebody else does it now, or it is done.
 */
export const claimClearing = (
  tx: Tx,
  sealer: Sealer,
  { account, now, until }: { account: string; now: Date; until: Date },
): Promise<{ messageIds: string[] } | null> =>
  tx.hiddenChat
    .updateManyAndReturn({
      where: {
        ...ofAccount(sealer, account),
        clearedAt: null,
        AND: [{ OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] }],
      },
      data: { claimedUntil: until },
      select: { messageIds: true },
    })
    .then(([row]) => row ?? null)

/** Gives the lease back: what was not deleted is left to the job. */
export const releaseClearing = async (tx: Tx, sealer: Sealer, account: string): Promise<void> => {
  await tx.hiddenChat.updateMany({ where: ofAccount(sealer, account), data: { claimedUntil: null } })
}

/** Everything that could be deleted was. */
export const endClearing = async (tx: Tx, sealer: Sealer, account: string, now: Date): Promise<void> => {
  await tx.hiddenChat.updateMany({
    where: ofAccount(sealer, account),
    data: { clearedAt: now, claimedUntil: null, messageIds: [] },
  })
}

/** A job that waits until the person comes back. */
export type WaitingJob = { queue: string; payload: unknown }

/** Ends the hiding; returns the jobs that waited, or null if the chat was not hidden. Locks a stored person's state. */
export const deleteHidden = async (
  tx: Tx,
  sealer: Sealer,
  { account, personId }: { account: string; personId: string | null },
): Promise<WaitingJob[] | null> => {
  if (personId !== null)
    await tx.$queryRaw`SELECT 1 FROM persons WHERE id = ${personId}::uuid FOR NO KEY UPDATE`
  const row = await tx.hiddenChat.findFirst({
    where: ofAccount(sealer, account),
    select: { account: true, waiting: true },
  })
  if (!row) return null
  await tx.hiddenChat.deleteMany({ where: { account: row.account } })
  return row.waiting as WaitingJob[]
}

/** Leaves a job until the person comes back; returns false if their chat is not hidden (any more). */
export const leaveWaiting = async (tx: Tx, personId: string, job: WaitingJob): Promise<boolean> => {
  await tx.$queryRaw`SELECT 1 FROM persons WHERE id = ${personId}::uuid FOR NO KEY UPDATE`
  const count = await tx.$executeRaw`
    UPDATE hidden_chats SET waiting = waiting || ${JSON.stringify([job])}::jsonb
    WHERE person_id = ${personId}::uuid AND NOT waiting @> ${JSON.stringify([job])}::jsonb`
  return count > 0 || (await isHidden(tx, personId))
}

/** Of people who are erased: ids of messages go; a hidden chat stays hidden, and names nobody any more. */
export const forgetChats = async (tx: Tx, persons: readonly string[]): Promise<void> => {
  const where = { personId: { in: [...persons] } }
  await tx.chatMessage.deleteMany({ where })
  await tx.hiddenChat.updateMany({ where, data: { personId: null, waiting: [] } })
}

/** Forgets since when chats of people who are not stored are hidden. Returns how many. */
export const deleteStrayHiddenBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.hiddenChat.deleteMany({ where: { personId: null, since: { lt: date } } })).count
