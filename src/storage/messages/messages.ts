import { type Database, type Reader, readFrom, type Tx } from '#storage/database.ts'

export type MessageAuthor = 'member' | 'staff'

/** A message between a member and the centre. */
export type Message = {
  id: string
  familyId: string
  /** The member whose conversation it belongs to. */
  memberId: string
  author: MessageAuthor
  staffId: string | null
  apiKeyId: string | null
  /** Sealed at `messages.text` / id. */
  text: string | null
  /** Sealed JSON at `messages.file` / id. */
  file: string | null
  /** What the file is, if neither a photo nor a document. */
  fileKind: string | null
  /** The activity it asks about. */
  activityId: string | null
  /** The visit it is about. */
  visitId: string | null
  /** Whether it contains one of the centre's alarming words. */
  alarming: boolean
  at: Date
  /** When the other side was notified of it. */
  deliveredAt: Date | null
  /** When the other side opened it. */
  readAt: Date | null
}

export type NewMessage = Omit<Message, 'deliveredAt' | 'readAt'> & Partial<Pick<Message, 'deliveredAt'>>

export const insertMessage = async (tx: Tx, message: NewMessage): Promise<Message> =>
  toMessage(await tx.message.create({ data: message }))

/** Returns when a member last wrote; null: never. */
export const lastWroteAt = async (reader: Reader, memberId: string): Promise<Date | null> => {
  const where = { memberId, author: 'member' }
  const orderBy = [{ at: 'desc' as const }, { id: 'desc' as const }]
  const row = await readFrom(reader).message.findFirst({ where, orderBy, select: { at: true } })
  return row?.at ?? null
}

export const findMessage = async (reader: Reader, id: string): Promise<Message | null> => {
  const row = await readFrom(reader).message.findUnique({ where: { id } })
  return row && toMessage(row)
}

export type Place = { at: Date; id: string }

type MessagesPage = {
  limit: number
  /** Only older ones. */
  before?: Place | undefined
  /** Only newer ones. */
  since?: Date | null | undefined
  /** Without those since a moment, unless this staff member wrote them. */
  hidden?: { since: Date; from: string } | null | undefined
  /** Only those that were written, delivered or read since, by the database's clock. */
  updatedSince?: Date | undefined
}

/** Returns messages of a member or of a whole family, newest first. */
export const messagesOf = async (
  reader: Reader,
  of: { memberId: string } | { familyId: string; memberId?: string | undefined },
  { limit, before, since, hidden, updatedSince }: MessagesPage,
): Promise<Message[]> => {
  const older = before && { OR: [{ at: { lt: before.at } }, { at: before.at, id: { lt: before.id } }] }
  const newer = [
    ...(since ? [{ at: { gte: since } }] : []),
    ...(updatedSince ? [{ updatedAt: { gte: updatedSince } }] : []),
    ...(hidden ? [{ OR: [{ at: { lt: hidden.since } }, { staffId: hidden.from }] }] : []),
  ]
  const { memberId, ...family } = { memberId: undefined, ...of }
  const where = { ...family, ...(memberId !== undefined && { memberId }), ...older, AND: newer }
  const orderBy = [{ at: 'desc' as const }, { id: 'desc' as const }]
  return (await readFrom(reader).message.findMany({ where, orderBy, take: limit })).map(toMessage)
}

/** Locks and returns a member's newest message not read by staff; marking it as read then waits for this transaction. */
export const lockUnreadOf = async (tx: Tx, memberId: string): Promise<Message | null> => {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM messages WHERE member_id = ${memberId}::uuid AND author = 'member' AND read_at IS NULL
    ORDER BY at DESC, id DESC LIMIT 1 FOR NO KEY UPDATE`
  return found ? findMessage(tx, found.id) : null
}

const ofSide = ({ memberId, author }: { memberId: string; author: MessageAuthor }) => ({ memberId, author })

/** One side of a conversation; `since` and `until` limit it. */
type Side = { memberId: string; author: MessageAuthor; since?: Date | null; until?: Date | null }

/** Marks an author's messages as delivered to the other side. */
export const markDelivered = async (
  tx: Tx,
  { since = null, until = null, ...side }: Side,
  now: Date,
): Promise<void> => {
  await tx.message.updateMany({
    where: {
      ...ofSide(side),
      deliveredAt: null,
      at: { lte: now, ...(since && { gte: since }), ...(until && { lt: until }) },
    },
    data: { deliveredAt: now },
  })
}

/** Marks an author's messages as read by the other side. Returns the newest one that was unread, or null. */
export const markRead = async (
  tx: Tx,
  { since = null, until = null, ...side }: Side,
  now: Date,
): Promise<Message | null> => {
  const rows = await tx.message.updateManyAndReturn({
    where: {
      ...ofSide(side),
      readAt: null,
      at: { ...(since && { gte: since }), ...(until && { lt: until }) },
    },
    data: { readAt: now },
  })
  await markDelivered(tx, { ...side, since, until }, now)
  const newest = rows.sort((a, b) => a.at.getTime() - b.at.getTime()).at(-1)
  return newest ? toMessage(newest) : null
}

export type Unread = { count: number; alarming: boolean }

/** Counts messages not read by staff, by member; members without any are omitted. `until`: only older ones. */
export const unreadOf = async (
  reader: Reader,
  memberIds: readonly string[],
  until: Date | null = null,
): Promise<Map<string, Unread>> => {
  if (memberIds.length === 0) return new Map()
  const rows = await readFrom(reader).$queryRaw<({ memberId: string } & Unread)[]>`
    SELECT member_id AS "memberId", count(*)::int AS count, bool_or(alarming) AS alarming FROM messages
    WHERE member_id = ANY (${[...memberIds]}::uuid[]) AND author = 'member' AND read_at IS NULL
      AND (${until}::timestamptz IS NULL OR at < ${until})
    GROUP BY member_id`
  return new Map(rows.map(({ memberId, count, alarming }) => [memberId, { count, alarming }]))
}

/** When a member first wrote of danger since a moment; null: they did not. */
export const alarmSince = async (
  reader: Reader,
  { memberId, since }: { memberId: string; since: Date },
): Promise<Date | null> => {
  const where = { memberId, author: 'member', alarming: true, at: { gte: since } }
  const first = await readFrom(reader).message.findFirst({
    where,
    orderBy: { at: 'asc' },
    select: { at: true },
  })
  return first?.at ?? null
}

/** Whether staff have written what a member has not opened; `since`: only newer ones. */
export const hasUnreadOfStaff = async (
  reader: Reader,
  memberId: string,
  since: Date | null = null,
): Promise<boolean> => {
  const where = { memberId, author: 'staff', readAt: null, ...(since && { at: { gte: since } }) }
  return (await readFrom(reader).message.count({ where })) > 0
}

type StoredMessage = NonNullable<Awaited<ReturnType<Database['prisma']['message']['findUnique']>>>

export const toMessage = ({ updatedAt: _, ...row }: StoredMessage): Message => ({
  ...row,
  author: row.author as MessageAuthor,
})
