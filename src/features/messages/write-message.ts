import { newId } from '#core/ids.ts'
import { type Alarm, isAlarming } from '#features/danger/ear.ts'
import { privacyOf } from '#features/families/audience.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { keepByWord, promiseReading } from '#features/promises/promise.ts'
import { awakeMs } from '#features/pushes/quiet-hours.ts'
import { notifyFamily } from '#features/pushes/tell-family.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { insertMessage, lastWroteAt, lockUnreadOf, type Message } from '#storage/messages/messages.ts'
import { talkApartOf } from '#storage/messages/talks-apart.ts'
import type { Sealer } from '#storage/seal.ts'
import { apartIfAboutCurator } from './about-curator.ts'
import { type MessageContent, messageFileAt, sealFile } from './message-files.ts'
import { expectedReader } from './messages-for-staff.ts'
import { isPolite } from './polite.ts'

/** Maximum length of a message, in code points: as much as one message of Telegram holds. */
export const longestMessage = 4096

export type WriteDeps = { sealer: Sealer; enqueue: Enqueue; region: Region }

type MemberLine = MessageContent & {
  family: Pick<Family, 'id' | 'territory' | 'curatorId'>
  memberId: string
  role: MemberRole
  /** The activity that it is about. */
  activityId?: string
  /** No news, or the caller notifies staff itself; an alarming text is news all the same. */
  quiet?: true
  /** The visit that it is about. */
  visitId?: string
  /** What was heard in the words. Absent: they are listened to here. */
  alarm?: Alarm
  now: Date
}

/**
 * Stores a member's message in their conversation, in the caller's transaction, and notifies its reader: the
 * curator in duty hours, or at once together with the supervisors if the text contains an alarming word.
 */
export const addMemberLine = async (
  tx: Tx,
  deps: WriteDeps,
  { family, memberId, role, text, file, activityId, visitId, quiet, alarm, now }: MemberLine,
): Promise<Message> => {
  const alarming = alarm?.urgent ?? (text !== null && (await isAlarming(tx, text)))
  const unread = await lockUnreadOf(tx, memberId)
  await apartIfAboutCurator(tx, { family, memberId, text, now })
  const talk = await talkApartOf(tx, memberId)
  // A card about what the curator may read went to the curator: it says nothing to whoever reads this.
  const before = talk && unread && unread.at < talk.since ? null : unread
  const id = newId()
  const own = await sealerOf(tx, deps.sealer, { member: memberId })
  const shown = !alarming && before !== null && justShown(before, now)
  const line = await insertMessage(tx, {
    ...sealed(own, id, { text, file }),
    familyId: family.id,
    memberId,
    author: 'member',
    staffId: null,
    apiKeyId: null,
    activityId: activityId ?? null,
    visitId: visitId ?? null,
    alarming,
    at: now,
    deliveredAt: shown ? now : null,
  })
  const card = { family, subjectId: memberId, now }
  if (alarming) await notifyStaff(tx, deps, { ...card, kind: 'message-alarming' })
  else if (!quiet && !shown && !(before && onItsWay(before, now)))
    await notifyStaff(tx, deps, { ...card, kind: 'message' })
  if (!quiet && !isPolite({ text, file })) {
    const reading = await expectedReader(tx, deps.region, talk ? { curatorId: null } : family, now)
    await promiseReading(tx, { memberId }, { wants: 'reading', reading, now })
  }
  const about = { memberId, messageId: id, alarming, ...(activityId && { activityId }) }
  const data = { ...about, ...privacyOf({ role }), ...(talk && { hiddenFrom: talk.staffIds }) }
  await announce(tx, deps, { type: 'message.received', now, requestId: null, familyId: family.id, data })
  return line
}

const minute = 60_000
const longestOnItsWayMs = 12 * 60 * minute

/** A reader who has just been shown a card, and has not opened it yet, will find this message there too. */
const justShown = ({ deliveredAt }: Message, now: Date): boolean =>
  deliveredAt !== null && now.getTime() - deliveredAt.getTime() < minute

/** A card about an earlier message waits for duty hours: one per night is enough. */
const onItsWay = ({ deliveredAt, activityId, at }: Message, now: Date): boolean =>
  deliveredAt === null && activityId === null && now.getTime() - at.getTime() < longestOnItsWayMs

type StaffLine = MessageContent & {
  familyId: string
  memberId: string
  staffId: string
  apiKeyId?: string
  now: Date
}

/** Stores a staff message to a member, in the caller's transaction, and notifies the member. */
export const addStaffLine = async (
  tx: Tx,
  { sealer, enqueue }: Pick<WriteDeps, 'sealer' | 'enqueue'>,
  { familyId, memberId, staffId, apiKeyId, text, file, now }: StaffLine,
): Promise<Message> => {
  const id = newId()
  const wrote = await lastWroteAt(tx, memberId)
  const own = await sealerOf(tx, sealer, { member: memberId })
  const line = await insertMessage(tx, {
    ...sealed(own, id, { text, file }),
    familyId,
    memberId,
    author: 'staff',
    staffId,
    apiKeyId: apiKeyId ?? null,
    activityId: null,
    visitId: null,
    alarming: false,
    at: now,
  })
  await keepByWord(tx, { memberId }, now)
  const push = {
    familyId,
    to: { memberId },
    kind: 'message',
    subjectId: id,
    key: `message.${id}`,
    // A member who has written recently is awake and expects an answer.
    urgent: wrote !== null && now.getTime() - wrote.getTime() < awakeMs,
    now,
  } as const
  await notifyFamily(tx, { enqueue }, push)
  return line
}

const sealed = (sealer: Sealer, id: string, { text, file }: MessageContent) => ({
  id,
  text: text === null ? null : sealer.seal(text, `messages.text.${id}`),
  ...(file === null ? { file: null, fileKind: null } : sealFile(sealer, messageFileAt(id), file)),
})
