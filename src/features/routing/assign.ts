import { type AnnounceDeps, announce } from '#features/webhooks/announce.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import { highPriority } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { personOf } from '#storage/people.ts'
import { hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { setAssignee } from '#storage/requests/request-steps.ts'
import type { Request } from '#storage/requests/requests.ts'
import {
  decisionsOf,
  insertDecision,
  lockRouting,
  previousAssignees,
  type RoutingTrigger,
  readSpecialists,
} from '#storage/routing/routing-decisions.ts'
import { fallbackGroup } from './candidate-groups.ts'
import { supervisorsToTell } from './supervisors-to-tell.ts'
import {
  type AssigneeChoice,
  type AssignmentCriteria,
  chooseAssignee,
  type Specialist,
} from './choose-assignee.ts'
import { cardAt, enqueueEscalation, escalationAt, secondsUntil } from './delays.ts'
import { changeToTell } from './reader-change.ts'

export type AssignDeps = AnnounceDeps & { region: Region }
export type AssignmentDecision = AssigneeChoice & { member: Pick<Specialist, 'id' | 'dutyHours'> | null }

/**
 * Chooses who should get a request. Takes the routing lock, so that concurrent decisions do not use the same
 * figures.
 */
export const decideAssignment = async (
  tx: Tx,
  wanted: AssignmentCriteria,
  { now, except = null }: { now: Date; except?: string | null },
): Promise<AssignmentDecision> => {
  const [, specialists] = await Promise.all([lockRouting(tx), readSpecialists(tx, { now, except })])
  const decision = chooseAssignee(wanted, specialists, now)
  return { ...decision, member: specialists.find(({ id }) => id === decision.choice) ?? null }
}

/**
 * Decides again for a request that was routed before. With `escalating`, the current assignee is considered
 * last. The staff in `without`, and those from whom a line of it is kept, are not considered at all.
 */
export const decideReassignment = async (
  tx: Tx,
  { timeZone }: Region,
  request: Request,
  { now, without = [], escalating = false }: { now: Date; without?: readonly string[]; escalating?: boolean },
): Promise<AssignmentDecision> => {
  const person = await personOf(tx, request.personId)
  const holders = await previousAssignees(tx, request.id, escalating)
  const wanted: AssignmentCriteria = {
    territory: request.territory,
    minor: request.applicant === 'minor',
    language: person?.language ?? 'ru',
    excluded: escalating ? withLast(holders, request.assignedToId) : holders,
    without: [...without, ...(await hiddenFromInRequest(tx, request.id))],
    timeZone,
  }
  return decideAssignment(tx, wanted, { now, except: request.id })
}

/** Moves the current assignee to the end. */
const withLast = (holders: readonly string[], holder: string | null): string[] =>
  holder === null ? [...holders] : [...holders.filter((id) => id !== holder), holder]

type Applying = {
  request: Pick<Request, 'id' | 'territory' | 'urgent' | 'status' | 'applicant'>
  decision: Pick<AssignmentDecision, 'choice' | 'reason' | 'member'>
  trigger: RoutingTrigger
  /** The previous assignee: getting the same request again is no news to them. */
  before: string | null
  /** Staff who have given the request up: notified only where there is nobody else. */
  without?: readonly string[]
  /** Supervisors to notify as well, immediately. */
  supervisors?: readonly { id: string }[]
  apiKeyId?: string | undefined
  /** Who gave it to somebody by name; what they took from themselves is no news to them. */
  byStaffId?: string | undefined
  now: Date
}

/** Records a decision, sends the cards of those who should act now and announces the assignment. */
export const applyDecision = async (tx: Tx, deps: AssignDeps, given: Applying): Promise<void> => {
  const { request, decision, trigger, before, without = [], apiKeyId, now } = given
  const { choice, member, reason } = decision
  const assigned = choice !== null && choice !== before
  const row = { requestId: request.id, at: now, trigger, staffId: choice, reason, assigned, apiKeyId }
  const nobody = async () => {
    // What is kept of a new one from whom is known to whoever opens it.
    const kept = trigger === 'submitted' ? [] : await hiddenFromInRequest(tx, request.id)
    return fallbackGroup(tx, deps.region, request.territory, { now, without: [...without, ...kept] })
  }
  const [, readers] = await Promise.all([insertDecision(tx, row), member ? [member] : nobody()])
  const cards = new Map(
    readers.map(({ id, dutyHours }) => [
      id,
      secondsUntil(cardAt(deps.region, request.urgent, dutyHours, now), now),
    ]),
  )
  // The assignee has left and nobody replaces them: this does not wait for working hours.
  const left = !member && trigger === 'absence'
  const supervisors = left
    ? await supervisorsToTell(tx, deps.region, request, now)
    : (given.supervisors ?? [])
  for (const { id } of supervisors) cards.set(id, 0)
  await Promise.all(
    [...cards].map(([staffId, seconds]) => {
      const options = {
        ...(seconds > 0 && { startAfter: seconds }),
        ...(request.urgent && { priority: highPriority }),
      }
      return deps.enqueue(tx, 'staff-card', { requestId: request.id, staffId }, options)
    }),
  )
  if (before !== null && choice !== before) await tellFamily(tx, deps, request, now)
  if (!assigned) return
  if (trigger === 'assigned') {
    const by = { staffId: given.byStaffId }
    await tellStaff(tx, deps, { staffId: before, news: 'reassigned', subjectId: request.id, by, now })
  }
  const data = { staffId: choice }
  await announce(tx, deps, { type: 'request.assigned', now, requestId: request.id, data })
}

/** How long (ms) somebody is left alone with the card that says who reads it. */
const receiptMs = 60_000

/** Their family read of somebody by name. A claimed request is passed on, and an outsider was told no name. */
const tellFamily = async (
  tx: Tx,
  { enqueue }: AssignDeps,
  { id: requestId, status, applicant }: Applying['request'],
  now: Date,
): Promise<void> => {
  if (status !== 'submitted' || applicant === 'other-person') return
  const decisions = await decisionsOf(tx, requestId)
  const change = changeToTell(decisions)
  if (change === null) return
  // A specialist whom no message reaches is replaced at once: the receipt is read first.
  const before = decisions.at(-2)?.at ?? now
  const startAfter = now.getTime() - before.getTime() < receiptMs ? receiptMs / 1000 : 0
  await enqueue(
    tx,
    'family-notice',
    { requestId, notice: 'reader', change },
    startAfter > 0 ? { startAfter } : {},
  )
}

/**
 * Reassigns an open request by the routing rules. A claimed request is released and its escalation time
 * starts again; any other keeps its escalation time. With `escalating`, the current assignee is considered
 * last. Returns null if the request has changed since it was read.
 */
export const reassign = async (
  tx: Tx,
  deps: AssignDeps,
  {
    request,
    trigger,
    without,
    escalating = false,
    apiKeyId,
    now,
  }: {
    request: Request
    trigger: RoutingTrigger
    without: readonly string[]
    escalating?: boolean
    apiKeyId?: string | undefined
    now: Date
  },
): Promise<Pick<AssignmentDecision, 'choice'> | null> => {
  const decision = await decideReassignment(tx, deps.region, request, { now, without, escalating })
  const anew = request.status === 'claimed'
  if (!(await requeue(tx, deps, { request, staffId: decision.choice, anew, now }))) return null
  await applyDecision(tx, deps, {
    request,
    decision,
    trigger,
    before: request.assignedToId,
    without,
    apiKeyId,
    now,
  })
  return decision
}

/**
 * Queues a request for a staff member, or for the fallback group if `staffId` is null. With `anew`, the time
 * until escalation starts again. Returns false if the request has changed since it was read.
 */
export const requeue = async (
  tx: Tx,
  { enqueue, region }: AssignDeps,
  { request, staffId, anew, now }: { request: Request; staffId: string | null; anew: boolean; now: Date },
): Promise<boolean> => {
  const at = escalationAt(region, request.urgent, now)
  if (!(await setAssignee(tx, request, { staffId, now, ...(anew && { escalateAt: at }) }))) return false
  if (anew) await enqueueEscalation(tx, enqueue, { requestId: request.id, step: 1, at, now })
  return true
}
