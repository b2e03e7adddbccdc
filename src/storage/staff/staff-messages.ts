import type { Database, Tx } from '#storage/database.ts'

/** A message that was sent to a member of staff outside of their conversation. */
type StaffMessage = { staffId: string; messageId: string; at: Date }

/** Telegram lets a bot delete what it sent for this long. */
export const deletableForMs = 48 * 60 * 60_000

export const addStaffMessage = async (
  { prisma }: Database,
  { staffId, messageId, at }: StaffMessage,
): Promise<void> => {
  await prisma.$executeRaw`
    INSERT INTO staff_messages (staff_id, message_id, at) VALUES (${staffId}::uuid, ${messageId}, ${at})
    ON CONFLICT (staff_id, message_id) DO UPDATE SET at = EXCLUDED.at`
}

/** Forgets a member's messages, and returns the ids of those that can still be deleted. */
export const takeStaffMessages = async (tx: Tx, staffId: string, now: Date): Promise<string[]> => {
  const since = now.getTime() - deletableForMs
  const found = await tx.staffMessage.findMany({ where: { staffId }, orderBy: { at: 'asc' } })
  await tx.staffMessage.deleteMany({ where: { staffId } })
  return found.filter(({ at }) => at.getTime() > since).map(({ messageId }) => messageId)
}

/** Returns how many were deleted. */
export const deleteStaffMessagesBefore = async (tx: Tx, date: Date): Promise<number> =>
  (await tx.staffMessage.deleteMany({ where: { at: { lt: date } } })).count
