import type { Prisma } from '#generated/client.ts'
import type { Tx } from '#storage/database.ts'
import type { Request } from './requests.ts'

// Every change of a request's state: conditional on what was read, and counted by its revision.

const change = async (
  tx: Tx,
  where: Prisma.RequestWhereInput,
  data: Prisma.RequestUncheckedUpdateManyInput,
): Promise<boolean> =>
  (await tx.request.updateMany({ where, data: { ...data, revision: { increment: 1 } } })).count === 1

/** Takes a submitted request for a staff member; false when somebody else was first, or it is withdrawn. */
export const claim = (tx: Tx, requestId: string, staffId: string, now: Date): Promise<boolean> =>
  change(
    tx,
    { id: requestId, status: 'submitted' },
    {
      status: 'claimed',
      claimedById: staffId,
      claimedAt: now,
      assignedToId: staffId,
      assignedAt: now,
      escalateAt: null,
    },
  )

type Assignment = {
  /** Null: the fallback group. */
  staffId: string | null
  now: Date
  /** The request begins to wait anew, and is escalated then; otherwise it goes on waiting as it did. */
  escalateAt?: Date
}

/** Lets an open request wait for a member, whoever had it; false when it is not as it was read. */
export const setAssignee = (
  tx: Tx,
  request: Pick<Request, 'id' | 'status' | 'claimedById' | 'assignedToId'>,
  { staffId, now, escalateAt }: Assignment,
): Promise<boolean> =>
  change(
    tx,
    {
      id: request.id,
      status: request.status,
      claimedById: request.claimedById,
      assignedToId: request.assignedToId,
    },
    {
      status: 'submitted',
      claimedById: null,
      claimedAt: null,
      assignedToId: staffId,
      assignedAt: staffId === null ? null : now,
      ...(escalateAt && { escalateAt, escalations: 0 }),
      ...(request.status === 'claimed' && { waitingSince: now }),
    },
  )

/** One step of escalation, `step` counting from 1; false when it was taken, or the request waits no more. */
export const escalate = (
  tx: Tx,
  {
    id,
    step,
    staffId,
    now,
    next,
  }: { id: string; step: number; staffId: string | null; now: Date; next: Date },
): Promise<boolean> =>
  change(
    tx,
    { id, status: 'submitted', escalations: step - 1, escalateAt: { lte: now } },
    { escalations: step, escalateAt: next, assignedToId: staffId, assignedAt: staffId === null ? null : now },
  )

/** Withdraws an open request; false when it was withdrawn or closed before. */
export const withdraw = (tx: Tx, requestId: string, now: Date): Promise<boolean> =>
  change(
    tx,
    { id: requestId, status: { in: ['submitted', 'claimed'] } },
    { status: 'withdrawn', withdrawnAt: now, escalateAt: null },
  )

/** Moves a claimed request on from the stage that it was read at. */
export const setStage = (tx: Tx, request: Pick<Request, 'id' | 'stage'>, stage: string): Promise<boolean> =>
  change(tx, { id: request.id, status: 'claimed', stage: request.stage }, { stage })

/** Closes a claimed request; false when it is not claimed. */
export const close = (tx: Tx, requestId: string, now: Date): Promise<boolean> =>
  change(tx, { id: requestId, status: 'claimed' }, { status: 'closed', closedAt: now, escalateAt: null })

/** Counts a change that is not in the request's own row. */
export const bumpRevision = async (tx: Tx, requestId: string): Promise<void> => {
  await change(tx, { id: requestId }, {})
}
