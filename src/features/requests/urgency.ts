import { DomainError } from '#core/errors.ts'
import { type Alarm, type InTalk, listenToAll } from '#features/danger/ear.ts'
import type { Answers } from '#features/intake/answers.ts'
import { fallbackGroup } from '#features/routing/candidate-groups.ts'
import { enqueueEscalation, escalationAt } from '#features/routing/delays.ts'
import { announce } from '#features/webhooks/announce.ts'
import { highPriority } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { addEvent } from '#storage/requests/request-events.ts'
import { setUrgency } from '#storage/requests/request-steps.ts'
import type { Request } from '#storage/requests/requests.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { asOwn } from './as-own.ts'
import type { Actor, StepDeps } from './request-step.ts'
import { reasonsOfRequest, sealReasons, type UrgentReason } from './urgent-reasons.ts'

/** The reasons in the answers of a questionnaire; empty: not urgent. */
export const urgentReasons = (answers: Answers, region: Region, alarms: readonly Alarm[]): UrgentReason[] => {
  const said = [...(answers.categories ?? []), ...(answers.circumstances ?? [])]
  const hints = [...region.categories, ...region.circumstances].filter(
    ({ code, urgentHint }) => urgentHint && said.includes(code),
  )
  return [
    ...new Set([
      ...(answers.danger === 'now' ? ['said-now'] : answers.short ? ['short-way'] : []),
      ...hints.map(({ code }) => `circumstance.${code}`),
      ...alarms.flatMap(urgentReasonsOf),
    ]),
  ]
}

/** Hears the free text of a questionnaire. */
export const alarmsIn = (
  reader: Reader,
  { ownWords, territoryWords, whichFamily, name }: Answers,
  talk: InTalk,
): Promise<Alarm[]> =>
  listenToAll(
    reader,
    [ownWords, territoryWords, whichFamily, name].filter((text) => typeof text === 'string'),
    talk,
  )

/** The reasons in words of danger; empty if they can wait. */
export const urgentReasonsOf = ({ kinds, urgent, listed }: Alarm): UrgentReason[] =>
  urgent ? [...kinds.map((kind) => `words.${kind}`), ...(listed ? ['words'] : [])] : []

type Urging = { request: Request; now: Date }

/**
 * Makes an open request urgent because of words of danger that were added to it. A waiting one is shown at once, whatever
 * the hour, and escalates as an urgent one from now on.
 */
export const urgeFor = async (
  tx: Tx,
  deps: StepDeps,
  { request, alarm, now }: Urging & { alarm: Alarm },
): Promise<void> => {
  await makeUrgent(tx, deps, { request, reasons: urgentReasonsOf(alarm), why: 'words', now })
}

type Known = Urging & {
  reasons: readonly UrgentReason[]
  /** Stands in the history. */
  why: 'words' | 'duplicate'
  /** Whoever made the request has said it, here or in another of theirs. */
  own?: boolean
}

/**
 * The same for reasons that are known. Does nothing if it has them all, except that what was urgent by somebody else's words only
 * is so by their own from now on.
 */
export const makeUrgent = async (
  tx: Tx,
  deps: StepDeps,
  { request, reasons: more, why, own: saidThemselves = true, now }: Known,
): Promise<void> => {
  if (saidThemselves && request.urgent && !(await asOwn(tx, request)).urgent)
    await addEvent(tx, { requestId: request.id, at: now, kind: 'urgent', detail: why })
  const known = reasonsOfRequest(deps.sealer, request)
  const all = [...new Set([...known, ...more])]
  if (all.length === known.length) return
  const own = await sealerOf(tx, deps.sealer, { person: request.personId })
  const reasons = sealReasons(own, request.id, all)
  const waits = request.status === 'submitted' && !request.urgent
  const escalateAt = waits ? escalationAt(deps.region, true, now) : undefined
  await setUrgency(tx, request.id, { urgent: true, reasons, ...(escalateAt && { escalateAt }) })
  const { id: requestId } = request
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
  if (request.urgent) return
  await addEvent(tx, { requestId, at: now, kind: 'urgent', detail: why })
  await announce(tx, deps, { type: 'request.urgency_changed', now, requestId, data: { urgent: true } })
  if (!escalateAt) return
  const step = request.escalations + 1
  await enqueueEscalation(tx, deps.enqueue, { requestId, step, at: escalateAt, now })
  const readers = request.assignedToId
    ? [{ id: request.assignedToId }]
    : await fallbackGroup(tx, deps.region, request.territory, { now })
  for (const { id: staffId } of readers)
    await deps.enqueue(tx, 'staff-card', { requestId, staffId }, { priority: highPriority })
}

/**
 * Staff say that a request is not urgent, with a reason, which is audited. Later words of danger make it urgent again.
 * Throws `already-closed`, `not-allowed` if it is not urgent.
 */
export const calmRequest = async (
  tx: Tx,
  deps: StepDeps,
  { request, reason, by, now }: Urging & { reason: string; by: Actor },
): Promise<void> => {
  if (request.status !== 'submitted' && request.status !== 'claimed') throw new DomainError('already-closed')
  if (!request.urgent) throw new DomainError('not-allowed')
  const { id: requestId } = request
  const escalateAt = request.status === 'submitted' ? escalationAt(deps.region, false, now) : undefined
  await setUrgency(tx, requestId, { urgent: false, reasons: null, ...(escalateAt && { escalateAt }) })
  const own = await sealerOf(tx, deps.sealer, { person: request.personId })
  const text = own.seal(reason, `request_events.text.${requestId}`)
  await addEvent(tx, { requestId, at: now, kind: 'not-urgent', text, ...by })
  await addAudit(tx, {
    at: now,
    action: 'request.not-urgent',
    requestId,
    staffId: by.staffId ?? null,
    apiKeyId: by.apiKeyId ?? null,
  })
  if (escalateAt) {
    const step = request.escalations + 1
    await enqueueEscalation(tx, deps.enqueue, { requestId, step, at: escalateAt, now })
  }
  await deps.enqueue(tx, 'staff-cards-refresh', { requestId })
  await announce(tx, deps, { type: 'request.urgency_changed', now, requestId, data: { urgent: false } })
}
