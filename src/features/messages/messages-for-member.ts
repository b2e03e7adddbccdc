import { DomainError } from '#core/errors.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { findMember } from '#storage/families/family-members.ts'
import { findMessage, type Message } from '#storage/messages/messages.ts'
import type { Snapshot } from '#storage/people.ts'
import { type AttachedFile, type MessageContent, openFile } from './message-files.ts'
import { type MessageLines, markOpened, messageLines } from './thread-lines.ts'
import { type ExpectedReader, expectedReader } from './messages-for-staff.ts'
import { addMemberLine, type WriteDeps } from './write-message.ts'

// A member's conversation with the centre. Each member has one per family, hidden from the rest of the
// family.

type Own = { who: Snapshot | null; familyId: string; now: Date }

/** The person's membership in a family. Throws `not-found`, also if they have left it. */
const memberIn = async (tx: Tx, { who, familyId }: Own): Promise<{ family: Family; memberId: string }> => {
  const { memberId } = familyForMember(who, familyId)
  const member = await findMember(tx, memberId)
  const family = member?.personId === who?.person.id ? await findFamily(tx, familyId) : null
  if (!family) throw new DomainError('not-found')
  return { family, memberId }
}

/** Opens the conversation and marks the staff's messages as read. */
export const openThreadForMember = async (
  tx: Tx,
  deps: WriteDeps,
  { limit, ...own }: Own & { limit: number },
): Promise<MessageLines & { expected: ExpectedReader }> => {
  const { family, memberId } = await memberIn(tx, own)
  await markOpened(tx, deps, { memberId, reader: 'member', now: own.now })
  return {
    ...(await messageLines(tx, deps.sealer, { memberId, limit })),
    expected: await expectedReader(tx, deps.region, family, own.now),
  }
}

export const writeAsMember = async (
  tx: Tx,
  deps: WriteDeps,
  {
    said,
    about,
    ...own
  }: Own & { said: MessageContent; about?: { visitId?: string; activityId?: string; quiet?: true } },
): Promise<Message> => {
  const { family, memberId } = await memberIn(tx, own)
  return addMemberLine(tx, deps, { ...said, ...about, family, memberId, now: own.now })
}

/** A file of the member's conversation. Throws `not-found` for any other. */
export const fileForMember = async (
  tx: Tx,
  { sealer }: Pick<WriteDeps, 'sealer'>,
  { messageId, ...own }: Own & { messageId: string },
): Promise<AttachedFile> => {
  const { memberId } = await memberIn(tx, own)
  const message = await findMessage(tx, messageId)
  const file = message?.memberId === memberId ? openFile(sealer, message) : null
  if (!file) throw new DomainError('not-found')
  return file
}
