import type { PushMode } from './people.ts'
import { type Reader, readFrom, type Tx } from './database.ts'

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

/** Keeps what is to be told; what was kept under its key already is left as it is. Returns the ids of the new ones. */
export const insertPushes = async (tx: Tx, pushes: readonly NewPush[]): Promise<string[]> => {
  if (pushes.length === 0) return []
  const rows = await tx.push.createManyAndReturn({
    data: [...pushes],
    skipDuplicates: true,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** The push, with what decides whether and how it is sent. */
export type PushTo = Push & {
  person: {
    id: string
    account: string
    language: string
    address: string
    pushMode: PushMode
    quietFrom: string
    quietUntil: string
    unreachableSince: Date | null
  }
}

export const findPush = async (reader: Reader, id: string): Promise<PushTo | null> => {
  const row = await readFrom(reader).push.findUnique({ where: { id }, include: { person: true } })
  return row as PushTo | null
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
