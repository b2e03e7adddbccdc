import type { Log } from '#core/log.ts'
import type { Database, Tx } from '#storage/database.ts'
import { absentWithOpenRequests, overdueRequests } from '#storage/routing/overdue-requests.ts'
import { lockRequest } from '#storage/requests/requests.ts'
import { takeEscalationStep } from './escalation.ts'
import { applyDecision, type AssignDeps, decideReassignment, requeue } from './assign.ts'
import { syncAssignments } from './reassign.ts'

/**
 * Safety net: escalates or starts routing for waiting requests that have no job any more (a dead letter, a
 * restored backup, a request from before routing existed), and reassigns the requests of absent staff. A
 * failure is logged and left for the next run, without holding up the others. Idempotent, also across
 * instances. Returns the number of each found, normally zero.
 */
export const sweepForgottenRequests = async (
  database: Database,
  deps: AssignDeps & { log: Log },
  now: Date,
): Promise<{ requests: number; members: number }> => {
  const { requests, members } = await database.transaction(async (tx) => ({
    requests: await overdueRequests(tx, now),
    members: await absentWithOpenRequests(tx, now),
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
  const decision = await decideReassignment(tx, deps.region, request, { now })
  if (!(await requeue(tx, deps, { request, staffId: decision.choice, anew: true, now }))) return
  const { assignedToId: before } = request
  await applyDecision(tx, deps, { request, decision, trigger: 'returned', before, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
}
