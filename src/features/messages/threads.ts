import { DomainError } from '#core/errors.ts'
import { type AccountState, accountState } from '#features/families/account-changes.ts'
import { blockableOf, blockOfMember, closedTo } from '#features/data-requests/blocks.ts'
import { shownName } from '#features/families/members.ts'
import { keepByReading } from '#features/promises/promise.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { findMember, type Member, membersOf } from '#storage/families/family-members.ts'
import { alarmSince, findMessage, type Unread, unreadOf } from '#storage/messages/messages.ts'
import { type TalkApart, talkApartOf, talksApartOf } from '#storage/messages/talks-apart.ts'
import { pushSettingsOf } from '#storage/pushes/push-settings.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { type AttachedFile, type MessageContent, openFile } from './message-files.ts'
import { canReadMessages } from './messages-for-staff.ts'
import { hiddenFrom, hiddenSince } from './talk-apart.ts'
import { isReadThrough, type MessageLines, markOpened, messageLines } from './thread-lines.ts'
import { addStaffLine, type WriteDeps } from './write-message.ts'

// Conversations of a family's members, for staff. Every access is audited.

type As = { staff: Staff | null | undefined; now: Date }
export type Correspondent = Pick<Member, 'id' | 'role'> & { name: string }

/** Throws `not-found`, also if the reader has no access, so that the family's existence is not revealed. */
const readableFamily = async (reader: Reader, { staff, now }: As, familyId: string) => {
  const family = await findFamily(reader, familyId)
  if (!staff || !family || !(await canReadMessages(reader, staff, family, now)))
    throw new DomainError('not-found')
  return { staff, family }
}

const memberForStaff = async (tx: Tx, as: As, memberId: string) => {
  const member = await findMember(tx, memberId)
  if (!member) throw new DomainError('not-found')
  return { ...(await readableFamily(tx, as, member.familyId)), member }
}

const audit = (tx: Tx, staff: Staff, family: Family, now: Date): Promise<void> =>
  addAudit(tx, { staffId: staff.id, action: 'family.messages', familyId: family.id, at: now })

const named = (
  { sealer }: Pick<WriteDeps, 'sealer'>,
  closed: ReadonlyMap<string, unknown>,
  member: Member,
): Correspondent => ({ id: member.id, role: member.role, name: shownName(sealer, closed, member) })

const closedOf = (reader: Reader, { id }: Pick<Staff, 'id'>, members: readonly Member[], now: Date) =>
  closedTo(reader, { personIds: members.flatMap(blockableOf), by: { staffId: id }, now })

export type Thread = Correspondent & { unread: Unread | null }

/** The members of a family, with their unread messages. */
export const threadsOf = async (
  tx: Tx,
  deps: WriteDeps,
  { familyId, ...as }: As & { familyId: string },
): Promise<{ family: Family; threads: Thread[] }> => {
  const { staff, family } = await readableFamily(tx, as, familyId)
  await audit(tx, staff, family, as.now)
  const members = await membersOf(tx, familyId)
  const unread = await unreadFor(tx, staff, members)
  const closed = await closedOf(tx, staff, members, as.now)
  return {
    family,
    threads: members.map((member) => ({
      ...named(deps, closed, member),
      unread: unread.get(member.id) ?? null,
    })),
  }
}

/** How much of each member nobody has read, as far as the reader may know. */
const unreadFor = async (
  reader: Reader,
  staff: Pick<Staff, 'id'>,
  members: readonly Pick<Member, 'id'>[],
): Promise<Map<string, Unread>> => {
  const ids = members.map(({ id }) => id)
  const unread = await unreadOf(reader, ids)
  for (const talk of (await talksApartOf(reader, ids)).values()) {
    const since = hiddenSince(talk, staff.id)
    if (!since) continue
    const before = (await unreadOf(reader, [talk.memberId], since)).get(talk.memberId)
    if (before) unread.set(talk.memberId, before)
    else unread.delete(talk.memberId)
  }
  return unread
}

/** The same by role and without names, which shows nothing that is sealed. Throws `not-found`. */
export const unreadByMember = async (
  reader: Reader,
  { familyId, ...as }: As & { familyId: string },
): Promise<(Pick<Member, 'id' | 'role'> & { unread: Unread | null })[]> => {
  const { staff } = await readableFamily(reader, as, familyId)
  const members = await membersOf(reader, familyId)
  const unread = await unreadFor(reader, staff, members)
  return members.map(({ id, role }) => ({ id, role, unread: unread.get(id) ?? null }))
}

export type OpenThread = MessageLines & {
  family: Family
  member: Correspondent
  account: AccountState
  /** From whom the conversation is hidden, and since when. */
  apart: { names: string[]; since: Date } | null
}

const apartOf = async (tx: Tx, { staffIds, since }: TalkApart): Promise<OpenThread['apart']> => ({
  names: [...(await namesOfStaff(tx, staffIds)).values()],
  since,
})

/** Opens a member's conversation and marks their messages as read. */
export const openThread = async (
  tx: Tx,
  deps: WriteDeps,
  { memberId, limit, ...as }: As & { memberId: string; limit: number },
): Promise<OpenThread> => {
  const { staff, family, member } = await memberForStaff(tx, as, memberId)
  await audit(tx, staff, family, as.now)
  const talk = await talkApartOf(tx, memberId)
  const until = hiddenSince(talk, staff.id)
  const closed = await closedOf(tx, staff, [member], as.now)
  const block = blockOfMember(closed, member)
  const readable = block && (await alarmSince(tx, { memberId, since: block.since }))
  // What nobody can read is not read.
  if (!block || readable)
    await markOpened(tx, deps, { memberId, role: member.role, reader: 'staff', until, now: as.now })
  const unread = await unreadOf(tx, [memberId])
  // What is hidden from this reader is still to be read by another one.
  if (!unread.has(memberId)) await keepByReading(tx, { memberId }, as.now)
  const hidden = until && { since: until, from: staff.id }
  const lines = await messageLines(tx, deps.sealer, {
    memberId,
    limit,
    hidden,
    ...(block && { veiled: { but: readable ?? null } }),
  })
  // Whoever it is hidden from does not learn that there is anything.
  const apart = talk && !until ? await apartOf(tx, talk) : null
  return { ...lines, family, member: named(deps, closed, member), account: accountState(member), apart }
}

/** The family of a member to whom the staff member may write. Throws as `openThread` does. */
export const mustBeAllowedToAnswer = async (
  tx: Tx,
  { memberId, ...as }: As & { memberId: string },
): Promise<string> => (await memberForStaff(tx, as, memberId)).family.id

/** To whom something would be written, by name; audited. Throws as `openThread` does. */
export const correspondentOf = async (
  tx: Tx,
  deps: Pick<WriteDeps, 'sealer'>,
  { memberId, ...as }: As & { memberId: string },
): Promise<{ family: Family; member: Correspondent }> => {
  const { staff, family, member } = await memberForStaff(tx, as, memberId)
  await audit(tx, staff, family, as.now)
  return { family, member: named(deps, await closedOf(tx, staff, [member], as.now), member) }
}

/** Writes to a member. Returns whether they are notified: some have said that it is not safe. */
export const answerMember = async (
  tx: Tx,
  deps: WriteDeps,
  { memberId, said, ...as }: As & { memberId: string; said: MessageContent },
): Promise<{ told: boolean }> => {
  const { staff, family, member } = await memberForStaff(tx, as, memberId)
  await addStaffLine(tx, deps, { ...said, familyId: family.id, memberId, staffId: staff.id, now: as.now })
  return { told: await canBeNotified(tx, member) }
}

/** Whether pushes reach the member: they have joined and allow them. */
export const canBeNotified = async (tx: Tx, { personId }: Member): Promise<boolean> =>
  personId !== null && (await pushSettingsOf(tx, personId)).pushMode !== 'none'

/** A file of a conversation that the staff member may read; audited. Throws `not-found`; `data-blocked`. */
export const threadFile = async (
  tx: Tx,
  deps: WriteDeps,
  { memberId, messageId, ...as }: As & { memberId: string; messageId: string },
): Promise<AttachedFile> => {
  const { staff, family, member } = await memberForStaff(tx, as, memberId)
  const message = await findMessage(tx, messageId)
  const since = await hiddenFrom(tx, { memberId, staffId: staff.id })
  const hidden = since !== null && message !== null && message.at >= since && message.staffId !== staff.id
  const file = message?.memberId === memberId && !hidden ? openFile(deps.sealer, message) : null
  if (!file || !message) throw new DomainError('not-found')
  const [block] = (await closedOf(tx, staff, [member], as.now)).values()
  const veiled = block && { but: await alarmSince(tx, { memberId, since: block.since }) }
  if (veiled && !isReadThrough(veiled, message)) throw new DomainError('data-blocked')
  await audit(tx, staff, family, as.now)
  return file
}
