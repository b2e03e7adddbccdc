import type { ScreenState } from '#dialogue/registry.ts'
import type { Turn } from '#dialogue/screen.ts'
import { readersForMember } from '#features/messages/messages-for-member.ts'

/**
 * The conversation after words that were just stored: it says that they were sent; `apart`: that they were about the curator,
 * who does not read them, and neither what follows; `kept`: that the curator does not read them, as before.
 */
export const sentIn = async (
  turn: Turn,
  familyId: string,
): Promise<Extract<ScreenState, { name: 'messages' }> & { just: 'sent' | 'apart' | 'kept' }> => {
  const { deps, who, now } = turn
  const { apart } = await deps.database.transaction((tx) =>
    readersForMember(tx, deps.region, { who, familyId, now }),
  )
  const begun = apart?.since.getTime() === now.getTime()
  return { name: 'messages', familyId, just: begun ? 'apart' : apart ? 'kept' : 'sent' }
}
