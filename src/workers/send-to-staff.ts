import type { Notice } from '#dialogue/requests/requests-notice.ts'
import { addStaffMessage } from '#storage/staff/staff-messages.ts'
import type { WorkerDeps } from './deps.ts'

/**
 * Sends a notice to a member of staff, and remembers the message: whoever loses their phone, or leaves, does not keep it. Every
 * message of a job to staff goes this way. Returns the message's id; throws as `Messenger.send` does.
 */
export const sendToStaff = async (
  { messenger, database, clock }: Pick<WorkerDeps, 'messenger' | 'database' | 'clock'>,
  staffId: string,
  { account, view }: Notice,
): Promise<string> => {
  const messageId = await messenger.send(account, view)
  await addStaffMessage(database, { staffId, messageId, at: clock.now() })
  return messageId
}
