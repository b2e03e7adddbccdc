import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import { type Person, toPerson } from '#storage/people.ts'
import type { PushMode } from './push-settings.ts'

export const pushKinds = [
  'stage',
  'curator',
  'closed',
  'plan',
  'visit-new',
  'visit-moved',
  'visit-cancelled',
  'visit-day',
  'visit-hours',
  'message',
  /** We are late with an answer. */
  'late',
  /** The answers that somebody has left can be continued. */
  'draft',
  /** An invitation to a survey, and its reminder. */
  'survey',
  'survey-again',
  /** After the end of support: how they are. */
  'after-look',
  /** What the person proposed for the plan was answered. */
  'proposal',
  /** Something has changed between those who ask together. */
  'together',
  /** A summary of the held pushes, sent once an unreachable person is back. */
  'missed',
] as const
export type PushKind = (typeof pushKinds)[number]
export type PushStatus = 'waiting' | 'sent' | 'dropped' | 'held' | 'summed'

export type Push = {
  id: string
  /** Idempotency key: identifies the fact and the recipient. */
  key: string
  personId: string
  familyId: string | null
  kind: PushKind
  /** The visit, message, survey invitation, promise or draft it is about. */
  subjectId: string | null
  /** The subject's version when the push was created. */
  version: number | null
  urgent: boolean
  at: Date
  status: PushStatus
  endedAt: Date | null
}

export type NewPush = Pick<
  Push,
  'key' | 'personId' | 'familyId' | 'kind' | 'subjectId' | 'version' | 'urgent' | 'at'
>

/** Inserts pushes, skipping keys that already exist. Returns the new ones. */
export const insertPushes = async (
  tx: Tx,
  pushes: readonly NewPush[],
): Promise<{ id: string; at: Date }[]> =>
  pushes.length === 0
    ? []
    : tx.push.createManyAndReturn({
        data: [...pushes],
        skipDuplicates: true,
        select: { id: true, at: true },
      })

/** A push and its recipient. */
export type PushWithRecipient = Push & {
  person: Person & {
    pushMode: PushMode
    quietFrom: string
    quietUntil: string
    unreachableSince: Date | null
    hidden: boolean
  }
}

/** Returns those of the pushes that are waiting, in any order. */
export const waitingPushes = async (reader: Reader, ids: readonly string[]): Promise<PushWithRecipient[]> => {
  const where = { id: { in: [...ids] }, status: 'waiting' }
  const rows = await readFrom(reader).push.findMany({
    where,
    include: { person: { include: { hidden: { select: { account: true } } } } },
  })
  return rows.map(({ person, ...push }) => ({
    ...push,
    person: { ...person, ...toPerson(person), pushMode: modeOf(person), hidden: person.hidden !== null },
  })) as PushWithRecipient[]
}

/** As in push-settings.ts. */
const modeOf = (person: {
  pushMode: string
  consentWithdrawnAt: Date | null
  restrictedSince: Date | null
}) => (person.consentWithdrawnAt === null && person.restrictedSince === null ? person.pushMode : 'none')

/** Returns a person's waiting or held pushes, oldest first. */
export const pushesOf = async (
  reader: Reader,
  personId: string,
  status: 'waiting' | 'held',
): Promise<Push[]> =>
  (await readFrom(reader).push.findMany({
    where: { personId, status },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })) as Push[]

type PushAbout = Pick<Push, 'kind' | 'familyId' | 'subjectId' | 'version'>

/** Returns the push that a message of the chat is; null if it is none. */
export const sentPush = async (
  reader: Reader,
  personId: string,
  messageId: string,
): Promise<PushAbout | null> =>
  (await readFrom(reader).push.findFirst({
    where: { personId, status: 'sent', messageId },
    select: { kind: true, familyId: true, subjectId: true, version: true },
  })) as PushAbout | null

/** Takes a lease on a waiting push; returns false if it has ended or is leased by another sender. */
export const claimPush = async (
  tx: Tx,
  id: string,
  { now, until }: { now: Date; until: Date },
): Promise<boolean> =>
  (
    await tx.push.updateMany({
      where: { id, status: 'waiting', OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] },
      data: { claimedUntil: until },
    })
  ).count === 1

/** Releases the lease on a push that could not be sent. */
export const releasePush = async (tx: Tx, id: string): Promise<void> => {
  await tx.push.updateMany({ where: { id }, data: { claimedUntil: null } })
}

/** Up to 300 pushes that were due before a date, are still waiting, and have no job. */
export const orphans = (before: Date): Rows => Prisma.sql`
  SELECT id::text FROM pushes WHERE status = 'waiting' AND at < ${before}
  EXCEPT SELECT data->>'pushId' FROM pgboss.job WHERE name = 'push' AND state <= 'active'
  LIMIT 300`

export const orphanedPushes = async (tx: Tx, before: Date): Promise<string[]> => {
  const lost = await tx.$queryRaw<{ id: string }[]>(orphans(before))
  return lost.map(({ id }) => id)
}

/** Ends a waiting push; returns false if it has already ended. */
export const endPush = async (
  tx: Tx,
  id: string,
  { status, messageId, now }: { status: Exclude<PushStatus, 'waiting'>; messageId?: string; now: Date },
): Promise<boolean> =>
  (
    await tx.push.updateMany({
      where: { id, status: 'waiting' },
      data: { status, endedAt: now, ...(messageId !== undefined && { messageId }) },
    })
  ).count === 1

/** Holds all waiting pushes of a person who is unreachable, or has hidden the chat. */
export const holdPushes = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  await tx.push.updateMany({
    where: { personId, status: 'waiting' },
    data: { status: 'held', endedAt: now },
  })
}

/** Ends held pushes. */
export const endHeld = async (
  tx: Tx,
  ids: readonly string[],
  { status, now }: { status: 'summed' | 'dropped'; now: Date },
): Promise<void> => {
  await tx.push.updateMany({
    where: { id: { in: [...ids] }, status: 'held' },
    data: { status, endedAt: now },
  })
}

/**
 * Deletes up to 1,000 pushes that ended before a date. Keeps held pushes, and sent plan pushes, which record the plan
 * version a person knows. Returns how many.
 */
export const deletePushesEndedBefore = async (tx: Tx, date: Date): Promise<number> => {
  const ended = ['sent', 'dropped', 'summed']
  const old = await tx.push.findMany({
    where: {
      at: { lt: date },
      endedAt: { lt: date },
      status: { in: ended },
      NOT: { kind: 'plan', status: { in: ['sent', 'summed'] } },
    },
    select: { id: true },
    take: 1000,
  })
  return (await tx.push.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })).count
}
