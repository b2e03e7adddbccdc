import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

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
  readFrom(reader).staffCard.findMany({ where: { requestId }, orderBy: { staffId: 'asc' } })

/** Whether a staff member has a card of the request. */
export const hasCard = async (reader: Reader, requestId: string, staffId: string): Promise<boolean> =>
  (await readFrom(reader).staffCard.count({ where: { requestId, staffId } })) > 0

/** Forgets a member's cards, and returns the ids of their messages. */
export const forgetCards = async (tx: Tx, staffId: string): Promise<string[]> => {
  const cards = await tx.staffCard.findMany({ where: { staffId } })
  await tx.staffCard.deleteMany({ where: { staffId } })
  return cards.map(({ messageId }) => messageId)
}
