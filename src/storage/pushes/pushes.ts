import { type Reader, readFrom, type Tx } from '#storage/database.ts'
import type { Person, PushMode } from '#storage/people.ts'

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
  /** An invitation to a survey; and once more, where it was not answered. */
  'survey',
  'survey-again',
  /** What did not reach somebody who could not be written to, in sum; once they are back. */
  'missed',
] as const
export type PushKind = (typeof pushKinds)[number]
export type PushStatus = 'waiting' | 'sent' | 'dropped' | 'held' | 'summed'

export type Push = {
  id: string
  /** Names the very thing that is told to the very person. */
  key: string
  personId: string
  familyId: string | null
  kind: PushKind
  /** The visit or message that it is about. */
  subjectId: string | null
  /** The subject's version when it was put on its way. */
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

/** Keeps what is to be told; what was kept under its key already is left as it is. Returns the new ones. */
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

/** The push, and to whom it goes. */
export type PushWithRecipient = Push & {
  person: Person & {
    pushMode: PushMode
    quietFrom: string
    quietUntil: string
    unreachableSince: Date | null
  }
}

/** Those of the pushes that wait, in any order. */
export const waitingPushes = async (reader: Reader, ids: readonly string[]): Promise<PushWithRecipient[]> => {
  const where = { id: { in: [...ids] }, status: 'waiting' }
  return (await readFrom(reader).push.findMany({ where, include: { person: true } })) as PushWithRecipient[]
}

/** A person's pushes that wait, or are held. */
export const pushesOf = async (
  reader: Reader,
  personId: string,
  status: 'waiting' | 'held',
): Promise<Push[]> =>
  (await readFrom(reader).push.findMany({
    where: { personId, status },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })) as Push[]

/** Takes a push that waits into one's hands until a moment; false where it has ended, or is in other hands. */
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

/** Lets a push that could not be sent out of one's hands. */
export const releasePush = async (tx: Tx, id: string): Promise<void> => {
  await tx.push.updateMany({ where: { id }, data: { claimedUntil: null } })
}

/** Up to three hundred pushes whose moment came before another one, that wait, and that no job will send. */
export const orphanedPushes = async (tx: Tx, before: Date): Promise<string[]> => {
  const lost = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM pushes WHERE status = 'waiting' AND at < ${before}
    EXCEPT SELECT data->>'pushId' FROM pgboss.job WHERE name = 'push' AND state <= 'active'
    LIMIT 300`
  return lost.map(({ id }) => id)
}

/** Ends a push that waits; false where it has ended already. */
export const endPush = async (
  tx: Tx,
  id: string,
  { status, messageId, now }: { status: Exclude<PushStatus, 'waiting'>; messageId?: number; now: Date },
): Promise<boolean> =>
  (
    await tx.push.updateMany({
      where: { id, status: 'waiting' },
      data: { status, endedAt: now, ...(messageId !== undefined && { messageId: BigInt(messageId) }) },
    })
  ).count === 1

/** Holds all that waits for a person who cannot be written to. */
export const holdPushes = async (tx: Tx, personId: string, now: Date): Promise<void> => {
  await tx.push.updateMany({
    where: { personId, status: 'waiting' },
    data: { status: 'held', endedAt: now },
  })
}

/** Ends pushes that were held. */
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
 * Forgets up to a thousand of what ended before a moment, but for what is held, and for what told of a plan: by that it
 * is known which version a person knows. Returns how many.
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
