import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'
import { directFrom } from '#storage/direct.ts'

/** The message that shows a request to a staff member. */
export type StaffCard = { requestId: string; staffId: string; messageId: string }

/** Records the message that shows a request to a staff member, replacing an older one. */
export const saveCard = async (db: Database, { requestId, staffId, messageId }: StaffCard): Promise<void> => {
  await db.prisma.staffCard.upsert({
    where: { requestId_staffId: { requestId, staffId } },
    create: { requestId, staffId, messageId },
    update: { messageId },
  })
}

export const cardsOf = (reader: Reader, requestId: string): Promise<StaffCard[]> =>
  directFrom(reader)<StaffCard>`
    SELECT request_id AS "requestId", staff_id AS "staffId", message_id AS "messageId" FROM staff_cards
    WHERE request_id = ${requestId}::uuid ORDER BY staff_id`

/** Whether a staff member has a card of the request. */
export const hasCard = async (reader: Reader, requestId: string, staffId: string): Promise<boolean> =>
  (await readFrom(reader).staffCard.count({ where: { requestId, staffId } })) > 0

/** Forgets a member's cards, and returns the ids of their messages. */
export const forgetCards = async (tx: Tx, staffId: string): Promise<string[]> => {
  const cards = await tx.staffCard.findMany({ where: { staffId } })
  await tx.staffCard.deleteMany({ where: { staffId } })
  return cards.map(({ messageId }) => messageId)
}
