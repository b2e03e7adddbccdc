import { tellStaff } from '#features/families/tell-staff.ts'
import type { FamilyCard } from '#features/families/cards.ts'
import type { Enqueue } from '#jobs/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families.ts'
import { findMember } from '#storage/family-members.ts'
import { markDelivered } from '#storage/messages.ts'
import { loseTouch } from '#storage/reach.ts'
import { findStaff } from '#storage/staff.ts'
import { isUnanswered } from './lines.ts'
import { readsMessages } from './reader.ts'

// What a member reads as delivered: the other side's phone has been shown that there is something.

type Card = { familyId: string; staffId: string; kind: FamilyCard; subjectId?: string | undefined }

const isOfMessages = ({ kind }: Card): boolean => kind === 'message' || kind === 'message-alarming'

/** A card about a family was sent. `now`: the moment before, for what was written since is not told of by it. */
export const cardSent = async (tx: Tx, card: Card, now: Date): Promise<void> => {
  if (isOfMessages(card) && card.subjectId !== undefined)
    await markDelivered(tx, { memberId: card.subjectId, author: 'member' }, now)
}

/**
 * A card was not sent. Where that is because its reader has left the family meanwhile, whoever reads now is told:
 * no word of a family's is without a reader.
 */
export const cardNotSent = async (
  tx: Tx,
  deps: { enqueue: Enqueue; region: Region },
  card: Card,
  now: Date,
): Promise<void> => {
  const { subjectId = '', kind } = card
  if (!isOfMessages(card)) return
  const [family, staff] = [await findFamily(tx, card.familyId), await findStaff(tx, card.staffId)]
  const member = await findMember(tx, subjectId)
  if (!family || !member || (staff && (await readsMessages(tx, staff, family, now)))) return
  if (!(await isUnanswered(tx, subjectId))) return
  await tellStaff(tx, deps, { family, to: 'curator', kind, subjectId, ordinary: kind === 'message', now })
}

/** Its reader cannot be written to any more: what came to them as the curator goes to intake. */
export const cardRefused = async (
  tx: Tx,
  deps: { enqueue: Enqueue; region: Region },
  card: Card,
  now: Date,
): Promise<void> => {
  await loseTouch(tx, card.staffId, now)
  const { subjectId, kind } = card
  const family = isOfMessages(card) ? await findFamily(tx, card.familyId) : null
  if (family?.curatorId === card.staffId && subjectId !== undefined)
    await tellStaff(tx, deps, { family, to: 'curator', kind, subjectId, ordinary: kind === 'message', now })
}
