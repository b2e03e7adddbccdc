import type { FamilyCard } from '#queue/family-cards.ts'
import type { Tx } from '#storage/database.ts'
import { markDelivered } from '#storage/messages/messages.ts'

const ofWords: ReadonlySet<FamilyCard> = new Set([
  'message',
  'message-alarming',
  'after-worse',
  'curator-declined',
])

/**
 * Marks a member's messages as delivered once a card about them was shown to staff. `now` is the time before
 * the card was sent: it does not cover messages written later.
 */
export const markDeliveredByCard = async (
  tx: Tx,
  { kind, subjectId }: { kind: FamilyCard; subjectId?: string | undefined },
  now: Date,
): Promise<void> => {
  if (ofWords.has(kind) && subjectId) await markDelivered(tx, { memberId: subjectId, author: 'member' }, now)
}
