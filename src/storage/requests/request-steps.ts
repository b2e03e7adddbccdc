import type { Prisma } from '#generated/client.ts'
import type { Tx } from '#storage/database.ts'
import { idsOfPerson } from '#storage/one-person.ts'
import type { Request } from './requests.ts'

// Transitions of a request's state. Each is conditional on the state that was read, and increments the revision.

const change = async (
  tx: Tx,
  where: Prisma.RequestWhereInput,
  data: Prisma.RequestUncheckedUpdateManyInput,
): Promise<boolean> =>
  (await tx.request.updateMany({ where, data: { ...data, revision: { increment: 1 } } })).count === 1

/** Claims a submitted request for a staff member; returns false if it has been claimed or withdrawn. */
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
  /** Restarts the wait and sets its next escalation; omitted: the current wait continues. */
  escalateAt?: Date
}

/** Assigns an open request, which then waits to be claimed; returns false if it has changed since it was read. */
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

/** Takes an escalation step, counted from 1; returns false if it was already taken or the request is not waiting. */
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
    {
      id,
      OR: [{ status: 'submitted' }, { status: 'withdrawn', safetyCheck: 'open' }],
      escalations: step - 1,
      escalateAt: { lte: now },
    },
    { escalations: step, escalateAt: next, assignedToId: staffId, assignedAt: staffId === null ? null : now },
  )

/** Withdraws an open request; returns false if it is already withdrawn or closed. */
export const withdraw = (tx: Tx, requestId: string, now: Date): Promise<boolean> =>
  change(
    tx,
    { id: requestId, status: { in: ['submitted', 'claimed'] } },
    { status: 'withdrawn', withdrawnAt: now, escalateAt: null },
  )

/** Sets whether and why an open request is urgent, and from when a waiting one escalates. */
export const setUrgency = async (
  tx: Tx,
  requestId: string,
  { urgent, reasons, escalateAt }: { urgent: boolean; reasons: string | null; escalateAt?: Date },
): Promise<void> => {
  const data = { urgent, urgentReasons: reasons, ...(escalateAt && { escalateAt }) }
  await change(tx, { id: requestId, status: { in: ['submitted', 'claimed'] } }, data)
}

/** Opens the safety check of a withdrawn request, which escalates at the given time. */
export const startSafetyCheck = async (tx: Tx, requestId: string, escalateAt: Date): Promise<void> => {
  const data = { safetyCheck: 'open', escalateAt, escalations: 0 }
  await change(tx, { id: requestId, status: 'withdrawn', safetyCheck: null }, data)
}

/** Ends an open safety check with its outcome; returns false if it is not open. */
export const endSafetyCheck = (tx: Tx, requestId: string, outcome: string): Promise<boolean> =>
  change(tx, { id: requestId, safetyCheck: 'open' }, { safetyCheck: outcome, escalateAt: null })

/** Sets the stage of a claimed request; returns false if its stage has changed since it was read. */
export const setStage = (tx: Tx, request: Pick<Request, 'id' | 'stage'>, stage: string): Promise<boolean> =>
  change(tx, { id: request.id, status: 'claimed', stage: request.stage }, { stage })

/** Closes a claimed request; returns false if it is not claimed. */
export const close = (tx: Tx, requestId: string, now: Date): Promise<boolean> =>
  change(tx, { id: requestId, status: 'claimed' }, { status: 'closed', closedAt: now, escalateAt: null })

/** Replaces the sealed contact of a request. */
export const setContact = async (tx: Tx, requestId: string, contact: string): Promise<void> => {
  await change(tx, { id: requestId }, { contact })
}

/** Increments the revision for a change outside the request's own row. */
export const bumpRevision = async (tx: Tx, requestId: string): Promise<void> => {
  await change(tx, { id: requestId }, {})
}

/** Records that nothing of a person's requests may be shared any more. */
export const endSharing = async (tx: Tx, personId: string): Promise<void> => {
  const theirs = { personId: { in: await idsOfPerson(tx, personId) } }
  await tx.request.updateMany({
    where: { ...theirs, dataSharing: true },
    data: { dataSharing: false, revision: { increment: 1 } },
  })
}

/** Records that the requests of a person that are not over may be shared. */
export const allowSharing = async (tx: Tx, personId: string): Promise<void> => {
  const theirs = { personId: { in: await idsOfPerson(tx, personId) } }
  await tx.request.updateMany({
    where: { ...theirs, dataSharing: false, status: { in: ['submitted', 'claimed', 'closed'] } },
    data: { dataSharing: true, revision: { increment: 1 } },
  })
}
