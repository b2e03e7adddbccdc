import { namesOf } from '#storage/accounts.ts'
import type { Database, Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { type HiddenChat, hiddenQuery } from './hidden-chats.ts'

/** A message of a chat: the channel's id, and when it came (ms). */
export type ChatMessage = { id: string; at: number }

/** Whose chat it is: a family's, of whom messages are kept; a member of staff's; or nobody's who is stored. */
export type ChatOwner = 'family' | 'staff' | 'stranger'

/**
 * Keeps the ids of messages in the chat of a stored person who is no staff, and forgets those from before a moment, in one
 * prepared statement. Returns whose chat it is: of the others nothing is kept; and whether it is hidden once they are kept.
 */
export const keepMessages = async (
  db: Database,
  sealer: Sealer,
  account: string,
  { messages, forget }: { messages: readonly ChatMessage[]; forget: Date },
): Promise<{ owner: ChatOwner; hidden: boolean }> => {
  const values = [
    namesOf(sealer, account),
    messages.map(({ id }) => id),
    messages.map(({ at }) => new Date(at)),
    forget,
  ]
  const [kept, looked] = db.sql.inTurn<{ staff: boolean }, HiddenChat>(
    { name: 'keep-messages', text: keep, values },
    hiddenQuery(sealer, account),
  )
  const [[row], [hidden]] = await Promise.all([kept, looked.catch(() => [])])
  return { owner: row ? (row.staff ? 'staff' : 'family') : 'stranger', hidden: hidden !== undefined }
}

const keep = `
  WITH who AS MATERIALIZED (
    SELECT p.id, EXISTS (SELECT FROM staff_members s WHERE s.person_id = p.id AND s.active) AS staff
    FROM persons p WHERE p.id = (SELECT id FROM persons WHERE account = ANY($1::text[]) LIMIT 1)
  ), old AS (
    DELETE FROM chat_messages WHERE person_id = (SELECT id FROM who) AND at < $4::timestamptz
  ), kept AS (
    INSERT INTO chat_messages (person_id, message_id, at)
    SELECT who.id, message.id, message.at FROM who, unnest($2::text[], $3::timestamptz[]) AS message(id, at)
    WHERE NOT who.staff ON CONFLICT DO NOTHING
  )
  SELECT staff FROM who`

/** The messages of a stored person's chat since a moment, oldest first. */
export const messagesSince = async (
  db: Database,
  sealer: Sealer,
  account: string,
  since: Date,
): Promise<string[]> => {
  const where = { person: { account: { in: namesOf(sealer, account) } }, at: { gte: since } }
  const found = await db.prisma.chatMessage.findMany({
    where,
    orderBy: [{ at: 'asc' }, { messageId: 'asc' }],
  })
  return found.map(({ messageId }) => messageId)
}

/** Forgets messages that are gone from the chat. */
export const forgetMessages = async (
  { prisma }: Database,
  sealer: Sealer,
  account: string,
  ids: readonly string[],
): Promise<void> => {
  const where = { person: { account: { in: namesOf(sealer, account) } }, messageId: { in: [...ids] } }
  await prisma.chatMessage.deleteMany({ where })
}

/** Returns how many were deleted. */
export const deleteChatMessagesBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.chatMessage.deleteMany({ where: { at: { lt: date } } })).count
