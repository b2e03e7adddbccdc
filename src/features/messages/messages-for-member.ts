import { DomainError } from '#core/errors.ts'
import type { Alarm } from '#features/danger/ear.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { type Awaited, awaitedOf } from '#features/requests/awaited-reading.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { findMember, type MemberRole } from '#storage/families/family-members.ts'
import { findMessage, type Message, unreadOf } from '#storage/messages/messages.ts'
import { endTalkApart, talkApartOf } from '#storage/messages/talks-apart.ts'
import type { Snapshot } from '#storage/people.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { type AttachedFile, type MessageContent, openFile } from './message-files.ts'
import { type ExpectedReader, expectedReader } from './messages-for-staff.ts'
import { type MessageLines, markOpened, messageLines } from './thread-lines.ts'
import { addMemberLine, type WriteDeps } from './write-message.ts'

// A member's conversation with the centre. Each member has one per family, hidden from the rest of the
// family.

type Own = { who: Snapshot | null; familyId: string; now: Date }

/**
 * The person's membership in a family. `since`: what is older is hidden from an account that is not confirmed yet (ADR 38).
 * Throws `not-found`, also if they have left it.
 */
const memberIn = async (
  tx: Tx,
  { who, familyId }: Own,
): Promise<{ family: Family; memberId: string; role: MemberRole; since: Date | null }> => {
  const { memberId, role } = familyForMember(who, familyId)
  const member = await findMember(tx, memberId)
  const family = member?.personId === who?.person.id ? await findFamily(tx, familyId) : null
  if (!member || !family) throw new DomainError('not-found')
  return { family, memberId, role, since: member.unconfirmedSince }
}

/** Opens the conversation and marks the staff's messages as read. */
export const openThreadForMember = async (
  tx: Tx,
  deps: WriteDeps,
  { limit, ...own }: Own & { limit: number },
): Promise<MessageLines & Readers & { earlierHidden: boolean; awaited: Awaited | null }> => {
  const { family, memberId, role, since } = await memberIn(tx, own)
  await markOpened(tx, deps, { memberId, role, reader: 'member', since, now: own.now })
  const { now } = own
  const readers = await readersOf(tx, deps.region, { family, memberId, since, now })
  const facts = { expected: readers.expected, territory: family.territory, now }
  return {
    ...(await messageLines(tx, deps.sealer, { memberId, limit, since })),
    earlierHidden: since !== null,
    awaited: await awaitedOf(tx, deps.region, { memberId }, facts),
    ...readers,
  }
}

/** The curators who do not read the conversation, and since when; only a certain account may let them. */
export type ApartFor = { names: string[]; since: Date; mayEnd: boolean }

type Readers = { expected: ExpectedReader; apart: ApartFor | null }

/** That somebody else was asked for is hidden from an account that came later and is not confirmed, as all of before. */
const readersOf = async (
  tx: Tx,
  region: Region,
  { family, memberId, since, now }: { family: Family; memberId: string; since: Date | null; now: Date },
): Promise<Readers> => {
  const talk = await talkApartOf(tx, memberId)
  if (!talk) return { apart: null, expected: await expectedReader(tx, region, family, now) }
  const expected = await expectedReader(tx, region, { curatorId: null }, now)
  if (since !== null && talk.since < since) return { apart: null, expected }
  const names = [...(await namesOfStaff(tx, talk.staffIds)).values()]
  return { apart: { names, since: talk.since, mayEnd: since === null }, expected }
}

/** Who will read what the member writes, and who will not. Throws `not-found` if they have left the family. */
export const readersForMember = async (tx: Tx, region: Region, own: Own): Promise<Readers> => {
  const { family, memberId, since } = await memberIn(tx, own)
  return readersOf(tx, region, { family, memberId, since, now: own.now })
}

/**
 * Lets the curator read the conversation again, with what was written meanwhile; if somebody has yet to read of it, the curator
 * is told. Throws `not-found`.
 */
export const endApartAsMember = async (tx: Tx, deps: WriteDeps, own: Own): Promise<void> => {
  const { family, memberId, since } = await memberIn(tx, own)
  if (since !== null || !(await endTalkApart(tx, memberId, own.now))) throw new DomainError('not-found')
  if ((await unreadOf(tx, [memberId])).has(memberId))
    await notifyStaff(tx, deps, { family, kind: 'message', subjectId: memberId, now: own.now })
}

export const writeAsMember = async (
  tx: Tx,
  deps: WriteDeps,
  {
    said,
    about,
    alarm,
    ...own
  }: Own & {
    said: MessageContent
    about?: { visitId?: string; activityId?: string; quiet?: true }
    /** What was heard in it. Absent: it is listened to here. */
    alarm?: Alarm
  },
): Promise<Message> => {
  const { family, memberId, role } = await memberIn(tx, own)
  return addMemberLine(tx, deps, {
    ...{ ...said, ...about, family, memberId, role, now: own.now },
    ...(alarm && { alarm }),
  })
}

/** A file of the member's conversation. Throws `not-found` for any other. */
export const fileForMember = async (
  tx: Tx,
  { sealer }: Pick<WriteDeps, 'sealer'>,
  { messageId, ...own }: Own & { messageId: string },
): Promise<AttachedFile> => {
  const { memberId, since } = await memberIn(tx, own)
  const message = await findMessage(tx, messageId)
  const hidden = message !== null && since !== null && message.at < since
  const file = message?.memberId === memberId && !hidden ? openFile(sealer, message) : null
  if (!file) throw new DomainError('not-found')
  return file
}
