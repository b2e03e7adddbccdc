import { blockedText } from '#core/withheld.ts'
import { privacyOf } from '#features/families/audience.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Reader, Tx } from '#storage/database.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { type Message, type MessageAuthor, markRead, messagesOf } from '#storage/messages/messages.ts'
import { talkApartOf } from '#storage/messages/talks-apart.ts'
import type { Sealer } from '#storage/seal.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { visitStarts } from '#storage/visits/visits.ts'
import { type AttachedFile, openFile } from './message-files.ts'

/** A decrypted message. */
export type MessageLine = Pick<Message, 'id' | 'author' | 'alarming' | 'at' | 'deliveredAt' | 'readAt'> & {
  /** First name of the staff member who wrote it. */
  by: string | null
  text: string | null
  file: Pick<AttachedFile, 'kind' | 'name' | 'size'> | null
  /** A question about an activity of the plan. */
  aboutActivity: boolean
  /** When the visit begins that it is about. */
  aboutVisit: Date | null
}

/** A member's latest messages, newest first, and whether there are older ones. */
export type MessageLines = { lines: MessageLine[]; more: boolean }

export const openMessageText = (sealer: Sealer, { id, text }: Pick<Message, 'id' | 'text'>): string | null =>
  text === null ? null : sealer.open(text, `messages.text.${id}`)

type LinesAsked = {
  memberId: string
  limit: number
  /** The member's data are blocked: only words of danger are shown, and what came from `but` on. */
  veiled?: { but: Date | null }
} & Pick<Parameters<typeof messagesOf>[2], 'since' | 'hidden'>

export const messageLines = async (
  reader: Reader,
  sealer: Sealer,
  { memberId, limit, since, hidden, veiled }: LinesAsked,
): Promise<MessageLines> => {
  const found = await messagesOf(reader, { memberId }, { limit: limit + 1, since, hidden })
  const names = await namesOfStaff(
    reader,
    found.flatMap(({ staffId }) => staffId ?? []),
  )
  const visits = await visitStarts(
    reader,
    found.flatMap(({ visitId }) => visitId ?? []),
  )
  const lines = found.slice(0, limit).map((message): MessageLine => {
    const { id, author, alarming, at, deliveredAt, readAt, activityId, visitId } = message
    const open = !veiled || isReadThrough(veiled, message)
    const file = open ? openFile(sealer, message) : null
    return {
      ...{ id, author, alarming, at, deliveredAt, readAt },
      by: names.get(message.staffId ?? '') ?? null,
      text: open ? openMessageText(sealer, message) : blockedText,
      file: file && { kind: file.kind, name: file.name, size: file.size },
      aboutActivity: activityId !== null,
      aboutVisit: visits.get(visitId ?? '') ?? null,
    }
  })
  return { lines, more: found.length > limit }
}

/** Whether a message is read although the data are blocked: it, or one before it since the block, tells of danger. Pure. */
export const isReadThrough = (
  { but }: { but: Date | null },
  { alarming, at }: Pick<Message, 'alarming' | 'at'>,
): boolean => alarming || (but !== null && at >= but)

/** Whether the last message is the member's, read or not. */
export const isUnanswered = async (reader: Reader, memberId: string): Promise<boolean> =>
  (await messagesOf(reader, { memberId }, { limit: 1 }))[0]?.author === 'member'

type Opening = {
  memberId: string
  role: MemberRole
  reader: MessageAuthor
  since?: Date | null
  until?: Date | null
  now: Date
}

/** Marks the other side's messages as read, those outside of `since` and `until` excepted, and announces the latest of them once. */
export const markOpened = async (
  tx: Tx,
  { enqueue }: { enqueue: Enqueue },
  { memberId, role, reader, since = null, until = null, now }: Opening,
): Promise<void> => {
  const author = reader === 'staff' ? 'member' : 'staff'
  const newest = await markRead(tx, { memberId, author, since, until }, now)
  if (!newest) return
  const talk = await talkApartOf(tx, memberId)
  const apart = talk && newest.at >= talk.since ? { hiddenFrom: talk.staffIds } : {}
  const data = { memberId, messageId: newest.id, ...privacyOf({ role }), ...apart }
  await announce(
    tx,
    { enqueue },
    { type: 'message.read', now, requestId: null, familyId: newest.familyId, data },
  )
}
