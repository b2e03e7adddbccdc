import type { Step, Turn } from '#dialogue/screen.ts'
import { readersForMember } from '#features/messages/messages-for-member.ts'

/** If the words just written were about the curator: the conversation, which says who reads them instead; null otherwise. */
export const apartBegun = async (turn: Turn, familyId: string): Promise<Step | null> => {
  const { deps, who, now } = turn
  const { apart } = await deps.database.transaction((tx) =>
    readersForMember(tx, deps.region, { who, familyId, now }),
  )
  return apart?.since.getTime() === now.getTime()
    ? { to: { name: 'messages', familyId, just: 'apart' } }
    : null
}
