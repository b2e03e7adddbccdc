import { nobodyReaches } from '#features/staff/reachability.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Payload } from '#queue/queues.ts'
import type { Database, Tx } from '#storage/database.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { lockRequest, openRequestsOf, type Request, unassignedRequests } from '#storage/requests/requests.ts'
import { lockRouting } from '#storage/routing/routing-decisions.ts'
import { absencesOf } from '#storage/staff/absences.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { type AssignDeps, applyDecision, decideReassignment, reassign, requeue } from './assign.ts'

/**
 * Jobs wait for an absence that begins or ends within this time (ms): the queue's clock may be far ahead of
 * ours.
 */
const soon = 60 * 60_000

/**
 * Matches the open requests to a member's presence. An absent or inactive member's requests are reassigned,
 * except those they claimed during the absence; once somebody is present, unassigned requests are assigned
 * again. Idempotent. Returns when to run again if an absence begins or ends within the hour, null otherwise.
 */
export const syncAssignments = async (
  database: Database,
  deps: AssignDeps,
  { staffId, now }: { staffId: string; now: Date },
): Promise<Date | null> => {
  const member = await findStaff(database, staffId)
  if (!member) return null
  const absences = await absencesOf(database, staffId, now)
  // Of absences that overlap the last: who took a request during one of them has left it in the next.
  const began = absences.findLast(({ from }) => from <= now)?.from ?? null
  // Curators do not see requests that are yet to be claimed; without an account, nobody sees anything.
  const gone = !member.active || member.role === 'curator' || member.personId === null
  const away = gone || began !== null
  const takenBefore = gone ? null : began
  const work = away ? await requestsOf(database, staffId) : await unassignedRequests(database)
  for (const requestId of work) {
    await database.transaction((tx) =>
      away
        ? releaseIfAbsent(tx, deps, { requestId, staffId, takenBefore, now })
        : assignUnassigned(tx, deps, { requestId, now }),
    )
  }
  const changes = absences.flatMap(({ from, until }) => [from, until]).filter((at) => at > now)
  return changes.find((at) => at.getTime() - now.getTime() < soon) ?? null
}

/** Read under the routing lock, so that a request being assigned to the member right now is included. */
const requestsOf = (database: Database, staffId: string): Promise<string[]> =>
  database.transaction(async (tx) => {
    await lockRouting(tx)
    return openRequestsOf(tx, staffId)
  })

const releaseIfAbsent = async (
  tx: Tx,
  deps: AssignDeps,
  {
    requestId,
    staffId,
    takenBefore,
    now,
  }: { requestId: string; staffId: string; takenBefore: Date | null; now: Date },
): Promise<void> => {
  const request = await lockRequest(tx, requestId)
  if (!request || request.assignedToId !== staffId) return
  if (takenBefore && request.claimedAt && request.claimedAt >= takenBefore) return
  await releaseFrom(tx, deps, { request, staffId, now })
}

/**
 * Reassigns an open request from the member who has it; a claimed one is released. Returns false if the
 * request is not open.
 */
const releaseFrom = async (
  tx: Tx,
  deps: AssignDeps,
  {
    request,
    staffId,
    escalating = false,
    now,
  }: { request: Request; staffId: string; escalating?: boolean; now: Date },
): Promise<boolean> => {
  if (request.status !== 'submitted' && request.status !== 'claimed') return false
  const { id: requestId } = request
  const released = request.status === 'claimed'
  if (released) await addEvent(tx, { requestId, at: now, kind: 'passed-on', staffId, detail: 'absence' })
  const given = { request, trigger: 'absence', without: [staffId], escalating, now } as const
  if (!(await reassign(tx, deps, given))) return false
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
  if (!released) return true
  await deps.enqueue(tx, 'family-notice', { requestId, notice: 'passed-on' })
  await announce(tx, deps, { type: 'request.passed_on', now, requestId, data: { staffId } })
  return true
}

/**
 * Marks a member unreachable and reassigns the request that should have reached them. Supervisors are alerted
 * if this moved a request for the first time, or if a message of the family (`news`) did not reach its
 * assignee.
 */
export const markStaffUnreachable = async (
  tx: Tx,
  deps: AssignDeps,
  { requestId, staffId, news, now }: { requestId: string; staffId: string; news?: News; now: Date },
): Promise<void> => {
  // Lock the request before the member, as everywhere: another order could deadlock.
  const request = await lockRequest(tx, requestId)
  const first = await nobodyReaches(tx, deps, { staffId, now })
  if (request?.assignedToId !== staffId) return
  const moved = await releaseFrom(tx, deps, { request, staffId, escalating: true, now })
  const unread = news === 'withdrawn' && request.safetyCheck === 'open' ? 'check' : news
  if (unread) await deps.enqueue(tx, 'staff-alert', { kind: `${unread}-unread`, requestId, staffId })
  else if (moved && first) await deps.enqueue(tx, 'staff-alert', { kind: 'unreachable', requestId, staffId })
}

/** What is kept from the specialist, and that we are late, concerns the supervisors, who are told besides. */
type News = Exclude<Payload<'staff-news'>['news'], 'late' | 'note-apart' | 'hidden' | 'hidden-alarm'>

const assignUnassigned = async (
  tx: Tx,
  deps: AssignDeps,
  { requestId, now }: { requestId: string; now: Date },
): Promise<void> => {
  const request = await lockRequest(tx, requestId)
  if (request?.status !== 'submitted' || request.assignedToId !== null) return
  const decision = await decideReassignment(tx, deps.region, request, { now })
  if (decision.choice === null) return
  const anew = request.escalateAt === null
  if (!(await requeue(tx, deps, { request, staffId: decision.choice, anew, now }))) return
  await applyDecision(tx, deps, { request, decision, trigger: 'returned', before: null, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
}
