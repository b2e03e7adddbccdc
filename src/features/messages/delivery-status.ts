import type { FamilyCard } from '#queue/family-cards.ts'
import type { Tx } from '#storage/database.ts'
import { markDelivered } from '#storage/messages/messages.ts'

/**
 * A card about a family was shown: what a member reads as delivered, where they wrote. `now`: the moment before, for
 * what was written since is not told of by it.
 */
export const markDeliveredByCard = async (
  tx: Tx,
  { kind, subjectId }: { kind: FamilyCard; subjectId?: string | undefined },
  now: Date,
): Promise<void> => {
  if ((kind === 'message' || kind === 'message-alarming') && subjectId !== undefined)
    await markDelivered(tx, { memberId: subjectId, author: 'member' }, now)
}
