import { announce } from '#features/webhooks/announce.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import { personOf } from '#storage/people.ts'
import { setAssignee } from '#storage/requests/request-steps.ts'
import type { Request } from '#storage/requests/requests.ts'
import {
  previousAssignees,
  insertDecision,
  lockRouting,
  type RoutingTrigger,
  readSpecialists,
} from '#storage/routing/routing-decisions.ts'
import { dutySupervisors, fallbackGroup } from './candidate-groups.ts'
import {
  type AssigneeChoice,
  chooseAssignee,
  type Specialist,
  type AssignmentCriteria,
} from './choose-assignee.ts'
import { cardAt, enqueueEscalation, escalationAt, secondsUntil } from './delays.ts'

export type AssignDeps = { enqueue: Enqueue; region: Region }
export type AssignmentDecision = AssigneeChoice & { member: Pick<Specialist, 'id' | 'dutyHours'> | null }

/** Who would get it, judged alone: until the transaction ends nobody else judges by the same figures. */
export const decideAssignment = async (
  tx: Tx,
  wanted: AssignmentCriteria,
  { now, except = null }: { now: Date; except?: string | null },
): Promise<AssignmentDecision> => {
  await lockRouting(tx)
  const specialists = await readSpecialists(tx, { now, except })
  const judged = chooseAssignee(wanted, specialists, now)
  return { ...judged, member: specialists.find(({ id }) => id === judged.choice) ?? null }
}

/**
 * The same for a request that waits already, or did; `escalating`: whoever had it is asked last. Those in `without` are
 * not asked at all.
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
    without,
    timeZone,
  }
  return decideAssignment(tx, wanted, { now, except: request.id })
}

/** Whoever has it now had it last, however they came by it. */
const withLast = (holders: readonly string[], holder: string | null): string[] =>
  holder === null ? [...holders] : [...holders.filter((id) => id !== holder), holder]

type Applying = {
  request: Pick<Request, 'id' | 'territory' | 'urgent'>
  judged: Pick<AssignmentDecision, 'choice' | 'reason' | 'member'>
  trigger: RoutingTrigger
  /** Whose it was: nothing new for them when it is theirs again. */
  before: string | null
  /** Those who have given it up: told only where there is nobody else. */
  without?: readonly string[]
  /** Supervisors who are told besides, at once. */
  supervisors?: readonly { id: string }[]
  apiKeyId?: string | undefined
  now: Date
}

/** What follows from a decision: its row, the cards of those who should act now, and the event. */
export const applyDecision = async (tx: Tx, deps: AssignDeps, given: Applying): Promise<void> => {
  const { request, judged, trigger, before, without = [], apiKeyId, now } = given
  const { choice, member, reason } = judged
  const assigned = choice !== null && choice !== before
  const decision = { requestId: request.id, at: now, trigger, staffId: choice, reason, assigned, apiKeyId }
  await insertDecision(tx, decision)
  const readers = member
    ? [member]
    : await fallbackGroup(tx, deps.region, request.territory, { now, without })
  const cards = new Map(
    readers.map(({ id, dutyHours }) => [
      id,
      secondsUntil(cardAt(deps.region, request.urgent, dutyHours, now), now),
    ]),
  )
  // Whoever had it is gone, and nobody has it now: that is not left until somebody's hours begin.
  const left = !member && trigger === 'absence'
  const supervisors = left
    ? await dutySupervisors(tx, deps.region, request.territory, now)
    : (given.supervisors ?? [])
  for (const { id } of supervisors) cards.set(id, 0)
  for (const [staffId, seconds] of cards) {
    const options = seconds > 0 ? { startAfter: seconds } : {}
    await deps.enqueue(tx, 'staff-card', { requestId: request.id, staffId }, options)
  }
  if (!assigned) return
  const data = { staffId: choice }
  await announce(tx, deps, { type: 'request.assigned', now, requestId: request.id, data })
}

/**
 * Gives an open request to somebody else, as the rules choose. A claimed one is released, and begins to wait anew;
 * another goes on waiting since when it did. `escalating`: whoever had it is asked last. Returns to whom it went; null
 * when the request is not as it was read.
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
  const judged = await decideReassignment(tx, deps.region, request, { now, without, escalating })
  const anew = request.status === 'claimed'
  if (!(await requeue(tx, deps, { request, staffId: judged.choice, anew, now }))) return null
  await applyDecision(tx, deps, {
    request,
    judged,
    trigger,
    before: request.assignedToId,
    without,
    apiKeyId,
    now,
  })
  return judged
}

/** Lets a request wait for a member (null: the fallback group); `anew`: its time until escalation begins again. */
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
