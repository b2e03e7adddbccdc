import { announce } from '#features/webhooks/announce.ts'
import type { Tx } from '#storage/database.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { escalate } from '#storage/requests/request-steps.ts'
import { lockRequest, type Request } from '#storage/requests/requests.ts'
import { type AssignDeps, applyDecision, decideReassignment } from './assign.ts'
import { enqueueEscalation, escalationAt } from './delays.ts'
import { supervisorsToTell } from './supervisors-to-tell.ts'

/**
 * Takes an escalation step: reassigns a request that still waits and notifies the supervisors on duty. Does
 * nothing if the step was taken already or is no longer needed. Returns when to retry if it is too early by
 * our clock, null otherwise.
 */
export const takeEscalationStep = async (
  tx: Tx,
  deps: AssignDeps,
  { requestId, step, now }: { requestId: string; step: number; now: Date },
): Promise<Date | null> => {
  const request = await lockRequest(tx, requestId)
  if (!request || !mayEscalate(request) || request.escalations !== step - 1 || !request.escalateAt)
    return null
  if (request.escalateAt > now) return request.escalateAt

  const decision = await decideReassignment(tx, deps.region, request, { now, escalating: true })
  // A safety check after a withdrawal is urgent, whatever the request was.
  const urgent = request.urgent || request.status === 'withdrawn'
  const next = escalationAt(deps.region, urgent, now)
  if (!(await escalate(tx, { id: requestId, step, staffId: decision.choice, now, next }))) return null
  await addEvent(tx, { requestId, at: now, kind: 'escalated', detail: String(step) })
  const data = { step, staffId: decision.choice ?? undefined }
  await announce(tx, deps, { type: 'request.escalated', now, requestId, data })
  const supervisors = await supervisorsToTell(tx, deps.region, request, now)
  const { assignedToId: before } = request
  await applyDecision(tx, deps, {
    request: { ...request, urgent },
    decision,
    trigger: 'escalation',
    before,
    supervisors,
    now,
  })
  await enqueueEscalation(tx, deps.enqueue, { requestId, step: step + 1, at: next, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
  return null
}

/** A request that nobody has claimed, or a safety check after a withdrawal. */
const mayEscalate = ({ status, safetyCheck }: Request): boolean =>
  status === 'submitted' || (status === 'withdrawn' && safetyCheck === 'open')
