import { DomainError, type ErrorCode } from '#core/errors.ts'
import { announce, type EventType } from '#features/webhooks/announce.ts'
import { familyFromRequest } from '#features/families/family-transitions.ts'
import { applyDecision, reassign, requeue } from '#features/routing/assign.ts'
import { isConcernOf } from '#features/staff/concern.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { SupportLevel } from '#storage/families/families.ts'
import { absentAt } from '#storage/staff/absences.ts'
import type { Tx } from '#storage/database.ts'
import { addEvent, type NewRequestEvent } from '#storage/requests/request-events.ts'
import { claim, close, setStage, bumpRevision, withdraw } from '#storage/requests/request-steps.ts'
import type { Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff, staffOfTerritory } from '#storage/staff/staff.ts'

// Every change of a request's state, whoever asks: the bot, the staff API or the product itself. The request is the
// row as it was read (and best locked) in the same transaction; a step whose ground is gone meanwhile is refused.

/** Who does it: a staff member in the bot, an API key, or (neither) the product itself or the family. */
export type Actor = { staffId?: string | undefined; apiKeyId?: string | undefined }
export type StepDeps = { sealer: Sealer; enqueue: Enqueue; region: Region }

export const closeOutcomes = ['support-agreed', 'refused', 'not-needed', 'other-organisation'] as const
export type CloseOutcome = (typeof closeOutcomes)[number]

/** The longest reason of passing on, in characters as people count them. */
export const longestReason = 300

type Step = { request: Request; by: Actor; now: Date }

/**
 * Takes a request in hand for a member: one wins. The others' cards change, the family is told who, and nothing is
 * escalated any more. Again by the same member: nothing. Throws `already-claimed`, `already-closed`, `not-eligible`.
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
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'claimed' })
  await tell(tx, deps, { request, now }, 'request.claimed', { staffId })
}

/**
 * Gives a request to a named member, past the rules of routing but for territory and absence. One that another has
 * in hand is released first. Throws `not-eligible`, `already-closed`.
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
  const judged = { choice: staffId, member, reason: { by: 'named' as const, others: [] } }
  const { assignedToId: before } = request
  await applyDecision(tx, deps, { request, judged, trigger: 'assigned', before, apiKeyId: by.apiKeyId, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  if (!released) return
  await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'passed-on' })
  await tell(tx, deps, { request, now }, 'request.passed_on', { ...(before !== null && { staffId: before }) })
}

/**
 * Gives a request to somebody other than the member whose it was, with a reason in words that the next one reads.
 * Returns to whom it goes, null: to anybody. Throws `already-closed`, `not-allowed` where another has it in hand,
 * `nobody-else` where no other specialist serves.
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
  const giving = { request, trigger: 'passed-on', without: [staffId], apiKeyId, now } as const
  const given = await reassign(tx, deps, giving)
  if (!given) throw new DomainError('not-allowed')
  if (request.status === 'claimed')
    await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'passed-on' })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  await tell(tx, deps, { request, now }, 'request.passed_on', { staffId })
  return given.choice
}

/** Throws `nobody-else` where no specialist but this one serves the request's territory. */
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

/** The family takes its request back, itself or on paper. Throws `already-closed`. */
export const withdrawRequest = async (tx: Tx, deps: StepDeps, { request, by, now }: Step): Promise<void> => {
  must(await withdraw(tx, request.id, now), 'already-closed')
  await note(tx, { request, by, now }, { kind: 'withdrawn' })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  await deps.enqueue(tx, 'staff-news', { requestId: request.id, news: 'withdrawn' })
  await tell(tx, deps, { request, now }, 'request.withdrawn')
}

/**
 * Moves a claimed request on to a stage of the region, and the family is told; stages may be left out, never gone back to.
 * To the stage that it is at: nothing. Throws `stage-order`, `already-closed`, `not-allowed` for one that nobody has in hand.
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
 * The work on a claimed request is over, and the family is told; one that is accepted (`support-agreed`) becomes the
 * family under support, with a curator and a level where they are decided. Throws `already-closed`, `not-allowed`,
 * `not-eligible`.
 */
export const closeRequest = async (
  tx: Tx,
  deps: StepDeps,
  {
    request,
    outcome,
    curatorId = null,
    level = null,
    by,
    now,
  }: Step & { outcome: CloseOutcome; curatorId?: string | null; level?: SupportLevel | null },
): Promise<void> => {
  mustBeClaimed(request)
  must(await close(tx, request.id, now), 'stale')
  await note(tx, { request, by, now }, { kind: 'closed', detail: outcome })
  if (outcome === 'support-agreed') await familyFromRequest(tx, deps, { request, curatorId, level, by, now })
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId: request.id })
  await deps.enqueue(tx, 'family-notice', { requestId: request.id, notice: 'closed' })
  await tell(tx, deps, { request, now }, 'request.status_changed', { status: 'closed', outcome })
}

/** Adds the staff's own words to a request; the family never reads them. */
export const addStaffNote = async (
  tx: Tx,
  deps: StepDeps,
  { request, text, by, now }: Step & { text: string },
): Promise<void> => {
  await bumpRevision(tx, request.id)
  await note(tx, { request, by, now }, { kind: 'staff-note', text: sealed(deps, request, text) })
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

/** Somebody who has joined, works, and is concerned by the request. */
const mustBeEligible = async (tx: Tx, request: Request, staffId: string): Promise<void> => {
  const member = await findStaff(tx, staffId)
  must(
    member !== null && member.personId !== null && (await isConcernOf(tx, member, request)),
    'not-eligible',
  )
}

const sealed = ({ sealer }: StepDeps, { id }: Request, text: string): string =>
  sealer.seal(text, `request_events.text.${id}`)

/** The row of the history, with whoever did it; a `staffId` given is of whom it tells. */
const note = (tx: Tx, { request, by, now }: Step, event: Omit<NewRequestEvent, 'requestId' | 'at'>) =>
  addEvent(tx, { requestId: request.id, at: now, ...by, ...event })

const tell = (
  tx: Tx,
  deps: StepDeps,
  { request, now }: { request: Request; now: Date },
  type: EventType,
  data: Record<string, string> = {},
) => announce(tx, deps, { type, now, requestId: request.id, data })
