import { DomainError, type ErrorCode } from '#core/errors.ts'
import { familyFromRequest } from '#features/families/family-transitions.ts'
import { keepByReading, keepByWord } from '#features/promises/promise.ts'
import { applyDecision, reassign, requeue } from '#features/routing/assign.ts'
import { isConcernOf } from '#features/staff/concern.ts'
import { endTogetherOfRequest } from '#features/together/move-together.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { EventType } from '#features/webhooks/event-scopes.ts'
import type { Tx } from '#storage/database.ts'
import type { SupportLevel } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { addEvent, type NewRequestEvent } from '#storage/requests/request-events.ts'
import { claim, close, setStage, withdraw } from '#storage/requests/request-steps.ts'
import type { Request } from '#storage/requests/requests.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff, staffOfTerritory } from '#storage/staff/staff.ts'
import {
  type CloseOutcome,
  type Decider,
  type DecisionWords,
  decisionProblems,
  decisionRules,
  sealDecision,
} from './decision.ts'
import type { Actor, StepDeps } from './request-step.ts'
import { needsSafetyCheck, openSafetyCheck } from './safety-check.ts'

// All state changes of a request, from the bot, the staff API or the product itself. The request is the row
// as read (preferably locked) in the same transaction; a step whose preconditions have changed is refused.

/** Maximum length of the reason for passing on, in characters (code points). */
export const longestReason = 300

type Step = { request: Request; by: Actor; now: Date }

/**
 * Claims a request for a member; only one can succeed. The other cards are updated, the family learns the
 * name, and escalation stops. Does nothing if the same member has claimed it. Throws `already-claimed`,
 * `already-closed`, `not-eligible`.
 */
export const claimRequest = async (
  tx: Tx,
  deps: StepDeps,
  { request, staffId, by, now }: Step & { staffId: string },
): Promise<void> => {
  mustBeOpen(request)
  if (request.status === 'claimed' && request.claimedById === staffId) return
  await mustBeEligible(tx, request, staffId)
  if (!(await claim(tx, request.id, staffId, now))) throw new DomainError('already-claimed')
  await note(tx, { request, by, now }, { kind: 'claimed', staffId })
  await keepByReading(tx, { requestId: request.id }, now)
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'claimed' })
  await tell(tx, deps, { request, now }, 'request.claimed', { staffId })
}

/**
 * Assigns a request to a named member, bypassing the routing rules except for territory and absence. A
 * request claimed by another is released first. Throws `not-eligible`, `already-closed`.
 */
export const assignRequest = async (
  tx: Tx,
  deps: StepDeps,
  { request, staffId, by, now }: Step & { staffId: string },
): Promise<void> => {
  mustBeOpen(request)
  if (request.assignedToId === staffId) return
  await mustBeEligible(tx, request, staffId)
  if ((await absentAt(tx, now)).has(staffId)) throw new DomainError('not-eligible')
  const released = request.status === 'claimed'
  must(await requeue(tx, deps, { request, staffId, anew: true, now }), 'stale')
  const member = await findStaff(tx, staffId)
  const decision = { choice: staffId, member, reason: { by: 'named' as const, others: [] } }
  const before = request.assignedToId
  const given = { request, decision, before, apiKeyId: by.apiKeyId, byStaffId: by.staffId, now }
  await applyDecision(tx, deps, { ...given, trigger: 'assigned' })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  if (!released) return
  await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'passed-on' })
  await tell(tx, deps, { request, now }, 'request.passed_on', { ...(before !== null && { staffId: before }) })
}

/**
 * Passes a request on to somebody other than its assignee, with a reason that the next one reads. Returns the
 * new assignee, null if unassigned. Throws `already-closed`; `not-allowed` if another member has claimed it;
 * `nobody-else` if no other specialist serves the territory.
 */
export const passOnRequest = async (
  tx: Tx,
  deps: StepDeps,
  { request, reason, by, staffId, now }: Step & { reason: string; staffId: string },
): Promise<string | null> => {
  mustBeOpen(request)
  if (request.status === 'claimed') must(request.claimedById === staffId, 'not-allowed')
  await mustHaveOthers(tx, request, staffId)
  await note(
    tx,
    { request, by, now },
    { kind: 'passed-on', staffId: by.staffId ?? staffId, text: sealed(deps, request, reason) },
  )
  const { apiKeyId } = by
  const options = { request, trigger: 'passed-on', without: [staffId], apiKeyId, now } as const
  const decision = await reassign(tx, deps, options)
  if (!decision) throw new DomainError('not-allowed')
  if (request.status === 'claimed')
    await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'passed-on' })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  await tell(tx, deps, { request, now }, 'request.passed_on', { staffId })
  return decision.choice
}

/** Throws `nobody-else` if no other specialist serves the request's territory. */
export const mustHaveOthers = async (
  tx: Parameters<typeof staffOfTerritory>[0],
  request: Pick<Request, 'territory'>,
  staffId: string | undefined,
): Promise<void> => {
  const serving = await staffOfTerritory(tx, request.territory, 'intake')
  must(
    serving.some(({ id }) => id !== staffId),
    'nobody-else',
  )
}

/**
 * Withdraws a request, by the family itself or on paper (`paper`: its date, and who withdrew and why). What was urgent, or
 * reported by a minor or an outsider, is still checked. Throws `already-closed`.
 */
export const withdrawRequest = async (
  tx: Tx,
  deps: StepDeps,
  { request, paper, by, now }: Step & { paper?: { on: string; ground: string } },
): Promise<void> => {
  must(await withdraw(tx, request.id, now), 'already-closed')
  const written = paper && { detail: paper.on, text: sealed(deps, request, paper.ground) }
  await note(tx, { request, by, now }, { kind: 'withdrawn', ...written })
  await keepByWord(tx, { requestId: request.id }, now)
  await endTogetherOfRequest(tx, deps, { requestId: request.id, now })
  if (needsSafetyCheck(request)) await openSafetyCheck(tx, deps, { request, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  await deps.enqueue(tx, 'staff-news', { requestId: request.id, news: 'withdrawn' })
  await tell(tx, deps, { request, now }, 'request.withdrawn')
}

/**
 * Moves a claimed request to a stage of the region and notifies the family; stages may be skipped, never
 * reverted. Does nothing if it is at that stage. Throws `stage-order`, `already-closed`, `not-allowed` if it
 * is unclaimed.
 */
export const moveStage = async (
  tx: Tx,
  deps: StepDeps,
  { request, to, by, now }: Step & { to: string },
): Promise<void> => {
  mustBeClaimed(request)
  const { stages } = deps.region
  const place = stages.indexOf(to)
  must(place !== -1 && place >= stages.indexOf(request.stage), 'stage-order')
  if (to === request.stage) return
  must(await setStage(tx, request, to), 'stale')
  await note(tx, { request, by, now }, { kind: 'stage', detail: to })
  await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'stage' })
  await tell(tx, deps, { request, now }, 'request.status_changed', { status: 'claimed', stage: to })
}

/**
 * Closes a claimed request with an answer that its family reads, and notifies them. An accepted request
 * (`support-agreed`) becomes a family under support, with a curator and a level if they are decided. Throws
 * `already-closed`, `not-allowed`, `not-eligible`; `invalid-input` without the words that the outcome needs.
 */
export const closeRequest = async (
  tx: Tx,
  deps: StepDeps,
  {
    request,
    outcome,
    words = {},
    decidedBy = decisionRules[outcome].by,
    curatorId = null,
    level = null,
    by,
    now,
  }: Step & {
    outcome: CloseOutcome
    words?: DecisionWords
    decidedBy?: Decider
    curatorId?: string | null
    level?: SupportLevel | null
  },
): Promise<void> => {
  mustBeClaimed(request)
  const { missing, foreign } = decisionProblems(outcome, words)
  const [field] = [...missing, ...foreign]
  if (field) throw new DomainError('invalid-input', { field })
  must(await close(tx, request.id, now), 'stale')
  const own = await sealerOf(tx, deps.sealer, { person: request.personId })
  const text = sealDecision(own, request.id, { by: decidedBy, words })
  await note(tx, { request, by, now }, { kind: 'closed', detail: outcome, text })
  await keepByWord(tx, { requestId: request.id }, now)
  if (outcome === 'support-agreed') await familyFromRequest(tx, deps, { request, curatorId, level, by, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'closed' })
  await tell(tx, deps, { request, now }, 'request.status_changed', { status: 'closed', outcome })
}

const must: (holds: boolean, code: ErrorCode) => asserts holds = (holds, code) => {
  if (!holds) throw new DomainError(code)
}

const mustBeOpen = ({ status }: Request) =>
  must(status === 'submitted' || status === 'claimed', 'already-closed')

const mustBeClaimed = (request: Request) => {
  mustBeOpen(request)
  must(request.status === 'claimed', 'not-allowed')
}

/** The member must have joined, be active and be concerned by the request. */
const mustBeEligible = async (tx: Tx, request: Request, staffId: string): Promise<void> => {
  const member = await findStaff(tx, staffId)
  must(
    member !== null && member.personId !== null && (await isConcernOf(tx, member, request)),
    'not-eligible',
  )
}

const sealed = ({ sealer }: StepDeps, { id }: Request, text: string): string =>
  sealer.seal(text, `request_events.text.${id}`)

/**
 * Adds the event to the history with its author; `staffId` in the event overrides the author, naming the
 * staff member it is about.
 */
const note = (tx: Tx, { request, by, now }: Step, event: Omit<NewRequestEvent, 'requestId' | 'at'>) =>
  addEvent(tx, { requestId: request.id, at: now, ...by, ...event })

const tell = (
  tx: Tx,
  deps: StepDeps,
  { request, now }: { request: Request; now: Date },
  type: EventType,
  data: Record<string, string> = {},
) => announce(tx, deps, { type, now, requestId: request.id, data })
