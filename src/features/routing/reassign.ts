import { announce } from '#features/webhooks/announce.ts'
import type { Payload } from '#queue/queues.ts'
import { absencesOf } from '#storage/staff/absences.ts'
import type { Database, Tx } from '#storage/database.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { setStaffUnreachable } from '#storage/staff/staff-reach.ts'
import { lockRequest, openRequestsOf, type Request, unassignedRequests } from '#storage/requests/requests.ts'
import { lockRouting } from '#storage/routing/routing-decisions.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { applyDecision, type AssignDeps, reassign, decideReassignment, requeue } from './assign.ts'

/** An absence that begins or ends within this time (ms) is waited for: the queue's clock may be far ahead of ours. */
const soon = 60 * 60_000

/**
 * Brings the open requests into line with whether a member is there: what an absent or inactive one has goes to
 * others, but for what they took in hand while they were away; what waits for anybody is given out again when somebody is there. Safe to repeat. Returns the moment to
 * come again at where an absence begins or ends within the hour, null otherwise.
 */
export const syncAssignments = async (
  database: Database,
  deps: AssignDeps,
  { staffId, now }: { staffId: string; now: Date },
): Promise<Date | null> => {
  const member = await findStaff(database, staffId)
  if (!member) return null
  const absences = await absencesOf(database, staffId, now)
  const began = absences.find(({ from }) => from <= now)?.from ?? null
  // A curator is shown no request that is yet to be taken.
  const gone = !member.active || member.role === 'curator'
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

/** Read once nobody is being given anything: a request that is on its way to the member is seen too. */
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

/** Gives an open request to others than the member who has it; one in hand is released. False where it is not open. */
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
 * Keeps that a member cannot be written to, and gives to others the request that should have reached them. The
 * supervisors are told where that is news: a request went on because of it, for the first time; or the family's words
 * (`news`) did not reach whoever has it.
 */
export const markStaffUnreachable = async (
  tx: Tx,
  deps: AssignDeps,
  { requestId, staffId, news, now }: { requestId: string; staffId: string; news?: News; now: Date },
): Promise<void> => {
  // The request before the member, as everywhere: in another order two would wait for each other.
  const request = await lockRequest(tx, requestId)
  const first = await setStaffUnreachable(tx, staffId, now)
  if (request?.assignedToId !== staffId) return
  const moved = await releaseFrom(tx, deps, { request, staffId, escalating: true, now })
  if (news) await deps.enqueue(tx, 'staff-alert', { kind: `${news}-unread`, requestId, staffId })
  else if (moved && first) await deps.enqueue(tx, 'staff-alert', { kind: 'unreachable', requestId, staffId })
}

type News = Payload<'staff-news'>['news']

const assignUnassigned = async (
  tx: Tx,
  deps: AssignDeps,
  { requestId, now }: { requestId: string; now: Date },
): Promise<void> => {
  const request = await lockRequest(tx, requestId)
  if (request?.status !== 'submitted' || request.assignedToId !== null) return
  const judged = await decideReassignment(tx, deps.region, request, { now })
  if (judged.choice === null) return
  const anew = request.escalateAt === null
  if (!(await requeue(tx, deps, { request, staffId: judged.choice, anew, now }))) return
  await applyDecision(tx, deps, { request, judged, trigger: 'returned', before: null, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
}
