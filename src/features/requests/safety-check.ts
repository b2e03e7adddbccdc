import { DomainError } from '#core/errors.ts'
import { fallbackGroup } from '#features/routing/candidate-groups.ts'
import { enqueueEscalation, escalationAt } from '#features/routing/delays.ts'
import { announce } from '#features/webhooks/announce.ts'
import { highPriority } from '#queue/queues.ts'
import type { Tx } from '#storage/database.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { endSafetyCheck, startSafetyCheck } from '#storage/requests/request-steps.ts'
import type { Request, RequestSummary } from '#storage/requests/requests.ts'
import type { Actor, StepDeps } from './request-step.ts'

// Whoever taps «Отозвать» may not be the one who wrote. What was urgent, or what a minor or an outsider reported, is
// therefore checked: the withdrawal ends the work for the family, and not the centre's duty to a child.

/** What came of a check; there is none for «nobody could be reached», because the check goes on then. */
export const safetyOutcomes = ['safe', 'helped-further', 'reported', 'mistake'] as const
export type SafetyOutcome = (typeof safetyOutcomes)[number]

export const needsSafetyCheck = ({
  urgent,
  applicant,
}: Pick<RequestSummary, 'urgent' | 'applicant'>): boolean =>
  urgent || applicant === 'minor' || applicant === 'other-person'

/** Whether staff still have to find out whether everybody is safe. */
export const isCheckOpen = ({
  status,
  safetyCheck,
}: Pick<RequestSummary, 'status' | 'safetyCheck'>): boolean =>
  status === 'withdrawn' && safetyCheck === 'open'

/** Opens the check of a request that has just been withdrawn. It escalates as an urgent request does. */
export const openSafetyCheck = async (
  tx: Tx,
  deps: StepDeps,
  { request, now }: { request: Request; now: Date },
): Promise<void> => {
  const { id: requestId } = request
  const at = escalationAt(deps.region, true, now)
  await startSafetyCheck(tx, requestId, at)
  await enqueueEscalation(tx, deps.enqueue, { requestId, step: 1, at, now })
  const readers = request.assignedToId
    ? [{ id: request.assignedToId }]
    : await fallbackGroup(tx, deps.region, request.territory, { now })
  for (const { id: staffId } of readers)
    await deps.enqueue(tx, 'staff-card', { requestId, staffId }, { priority: highPriority })
}

/** Records what came of the check, which ends it. Throws `already-closed` if it is not open. */
export const concludeSafetyCheck = async (
  tx: Tx,
  deps: StepDeps,
  { request, outcome, by, now }: { request: Request; outcome: SafetyOutcome; by: Actor; now: Date },
): Promise<void> => {
  const { id: requestId } = request
  if (!isCheckOpen(request) || !(await endSafetyCheck(tx, requestId, outcome)))
    throw new DomainError('already-closed')
  await addEvent(tx, { requestId, at: now, kind: 'safety-checked', detail: outcome, ...by })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
  await announce(tx, deps, { type: 'request.safety_checked', now, requestId, data: { outcome } })
}
