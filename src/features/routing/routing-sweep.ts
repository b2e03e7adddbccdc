import type { Log } from '#core/log.ts'
import type { Database, Tx } from '#storage/database.ts'
import { absentWithOpenRequests, overdueRequests } from '#storage/routing/overdue-requests.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import { takeEscalationStep } from './escalation.ts'
import { applyDecision, type AssignDeps, decideReassignment, requeue } from './assign.ts'
import { syncAssignments } from './reassign.ts'

/**
 * The net below everything else: a waiting request that no job wakes any more (a dead letter, a restored
 * backup, one from before there was routing) is escalated or begins to wait; what somebody who is not there still has goes to others.
 * One that fails is left for the next time, and keeps nobody else from their turn. Safe to run twice, and at two
 * instances. Returns how many of each there were, which is none on every good day.
 */
export const sweepForgottenRequests = async (
  database: Database,
  deps: AssignDeps & { log: Log },
  now: Date,
): Promise<{ requests: number; members: number }> => {
  const { requests, members } = await database.transaction(async (tx) => ({
    requests: await overdueRequests(tx),
    members: await absentWithOpenRequests(tx),
  }))
  for (const { id: requestId, escalations, begun } of requests) {
    await trying(deps.log, { requestId }, () =>
      database.transaction(async (tx) => {
        if (begun) await takeEscalationStep(tx, deps, { requestId, step: escalations + 1, now })
        else await beginToWait(tx, deps, { requestId, now })
      }),
    )
  }
  for (const staffId of members)
    await trying(deps.log, { staffId }, () => syncAssignments(database, deps, { staffId, now }))
  return { requests: requests.length, members: members.length }
}

const trying = async (
  log: Log,
  about: Record<string, string>,
  work: () => Promise<unknown>,
): Promise<void> => {
  try {
    await work()
  } catch (error) {
    log.error('routing.sweep-failed', { ...about, error })
  }
}

const beginToWait = async (
  tx: Tx,
  deps: AssignDeps,
  { requestId, now }: { requestId: string; now: Date },
): Promise<void> => {
  const request = await lockRequest(tx, requestId)
  if (request?.status !== 'submitted' || request.escalateAt !== null) return
  const judged = await decideReassignment(tx, deps.region, request, { now })
  if (!(await requeue(tx, deps, { request, staffId: judged.choice, anew: true, now }))) return
  const { assignedToId: before } = request
  await applyDecision(tx, deps, { request, judged, trigger: 'returned', before, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
}
