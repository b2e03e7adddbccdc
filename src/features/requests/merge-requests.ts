import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { promiseReading } from '#features/promises/promise.ts'
import { enqueueEscalation, secondsUntil } from '#features/routing/delays.ts'
import { announce } from '#features/webhooks/announce.ts'
import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Tx } from '#storage/database.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { endPromise, openPromiseOf } from '#storage/promises/promises.ts'
import { insertDuplicate, setStanding, standingMerge, undoDuplicate } from '#storage/requests/duplicates.ts'
import { addEvent, hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { setUrgency } from '#storage/requests/request-steps.ts'
import { lockRequest, type Request } from '#storage/requests/requests.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { requestToActOn } from './act-on-case.ts'
import type { Staff } from './cases.ts'
import { mergeProblem } from './merge-rules.ts'
import { mustHaveReason } from './oversight.ts'
import type { Actor, StepDeps } from './request-step.ts'
import { makeUrgent } from './urgency.ts'
import { reasonsOfRequest } from './urgent-reasons.ts'

/** For how long a merge can be taken back; nobody outside hears of it before. */
export const undoForMs = 10 * 60_000

const moment = z.coerce.date()
const beforeSchema = z.object({
  duplicate: z.object({
    status: z.enum(['submitted', 'claimed']),
    claimedById: z.string().nullable(),
    claimedAt: moment.nullable(),
    assignedToId: z.string().nullable(),
    assignedAt: moment.nullable(),
    waitingSince: moment.nullable(),
    escalations: z.number(),
    escalateAt: moment.nullable(),
  }),
  kept: z.object({
    dueAt: moment,
    escalateAt: moment.nullable(),
    urgent: z.boolean(),
    urgentReasons: z.string().nullable(),
  }),
  promise: z
    .object({ wants: z.enum(['word', 'reading']), fromAt: moment.nullable(), dueAt: moment })
    .nullable(),
})
const place = (id: string): string => `request_duplicates.before.${id}`

type Merge = { kept: Request; duplicate: Request; by: Actor; now: Date }

/**
 * Closes a request as the duplicate of another, both locked. Its words, files, flags and safety stand with the one that stays, which
 * becomes urgent with it and keeps the earlier term. Whoever made both is told once that they are one, when it cannot be taken back
 * any more; nobody else is told anything. Throws `already-closed`; `not-allowed` with the rule of `mergeProblem`, or `feared` if
 * something of the duplicate is kept from whoever has the one that stays.
 */
export const mergeRequests = async (
  tx: Tx,
  deps: StepDeps,
  { kept, duplicate, by, now }: Merge,
): Promise<void> => {
  const problem = mergeProblem(kept, duplicate)
  if (problem === 'closed') throw new DomainError('already-closed')
  if (problem) throw new DomainError('not-allowed', { rule: problem })
  const holder = kept.claimedById ?? kept.assignedToId
  if (holder !== null && (await hiddenFromInRequest(tx, duplicate.id)).includes(holder))
    throw new DomainError('not-allowed', { rule: 'feared' })
  const samePerson = kept.personId === duplicate.personId
  const promise = await openPromiseOf(tx, { requestId: duplicate.id })
  const id = newId()
  const own = await sealerOf(tx, deps.sealer, { person: duplicate.personId })
  await insertDuplicate(tx, {
    ...{ id, duplicateId: duplicate.id, keptId: kept.id, samePerson, ownDueAt: kept.dueAt, at: now },
    before: own.sealJson(beforeSchema.parse({ duplicate, kept, promise }), place(id)),
    ...{ staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null },
  })
  await endPromise(tx, { requestId: duplicate.id }, { by: 'word', now })
  // What a person was promised holds where they read from now on.
  if (promise && samePerson) {
    const { wants, fromAt, dueAt: due } = promise
    const reading = fromAt
      ? { kind: 'from' as const, at: fromAt, due }
      : { kind: 'until' as const, at: due, due }
    await promiseReading(tx, { requestId: kept.id }, { wants, reading, now })
  }
  must(await setStanding(tx, duplicate, { status: 'closed', closedAt: now, escalateAt: null }))
  const waits = kept.status === 'submitted'
  const escalateAt = waits ? earlier(kept.escalateAt, duplicate.escalateAt) : kept.escalateAt
  const dueAt = earlier(kept.dueAt, duplicate.dueAt) ?? kept.dueAt
  must(await setStanding(tx, kept, { dueAt, escalateAt }))
  if (escalateAt && escalateAt.getTime() !== kept.escalateAt?.getTime()) {
    const step = kept.escalations + 1
    await enqueueEscalation(tx, deps.enqueue, { requestId: kept.id, step, at: escalateAt, now })
  }
  const reasons = reasonsOfRequest(deps.sealer, duplicate)
  if (duplicate.urgent)
    await makeUrgent(tx, deps, {
      ...{ request: { ...kept, dueAt, escalateAt }, reasons, why: 'duplicate', own: samePerson, now },
    })
  await record(tx, deps, { kept, duplicate, by, now }, ['merged', 'duplicate'])
  await announce(tx, deps, {
    ...{ type: 'request.status_changed', now, requestId: duplicate.id },
    data: { status: 'closed', outcome: 'duplicate' },
  })
  const lost = duplicate.claimedById ?? duplicate.assignedToId
  if (lost !== holder)
    await tellStaff(tx, deps, { staffId: lost, by, news: 'merged', subjectId: duplicate.id, now })
  if (samePerson && kept.source === 'bot' && kept.applicant !== 'other-person') {
    const startAfter = secondsUntil(new Date(now.getTime() + undoForMs), now)
    await deps.enqueue(tx, 'family-notice', { requestId: kept.id, notice: 'merged' }, { startAfter })
  }
}

/**
 * Takes a merge back within ten minutes: both stand as before, except that the one that stayed keeps an urgency that came since.
 * Throws `not-allowed` if it is too late, `not-found` if there is none.
 */
export const separateRequests = async (
  tx: Tx,
  deps: StepDeps,
  { kept, duplicate, by, now }: Merge,
): Promise<void> => {
  const merge = await standingMerge(tx, duplicate.id)
  if (merge?.keptId !== kept.id) throw new DomainError('not-found')
  if (now.getTime() - merge.at.getTime() >= undoForMs) throw new DomainError('not-allowed')
  const opened = deps.sealer.openJson(merge.before, place(merge.id), null)
  // Who was erased since has nothing that could stand as before.
  if (opened === null) throw new DomainError('not-allowed')
  const before = beforeSchema.parse(opened)
  must(await undoDuplicate(tx, merge.id, now))
  must(await setStanding(tx, duplicate, { ...before.duplicate, closedAt: null }))
  const { dueAt, escalateAt, urgent, urgentReasons } = before.kept
  if (kept.status === 'submitted' || kept.status === 'claimed') {
    must(await setStanding(tx, kept, { dueAt, ...(kept.status === 'submitted' && { escalateAt }) }))
    const now = new Set(reasonsOfRequest(deps.sealer, kept))
    const had = reasonsOfRequest(deps.sealer, { ...kept, urgent, urgentReasons })
    const came = new Set([...had, ...reasonsOfRequest(deps.sealer, duplicate)])
    // Reasons of its own that were heard since stay.
    if ([...now].every((reason) => came.has(reason)))
      await setUrgency(tx, kept.id, { urgent, reasons: urgentReasons })
  }
  if (before.promise) {
    const { wants, fromAt, dueAt: due } = before.promise
    const reading = fromAt
      ? { kind: 'from' as const, at: fromAt, due }
      : { kind: 'until' as const, at: due, due }
    if (merge.samePerson) await endPromise(tx, { requestId: kept.id }, { by: wants, now })
    await promiseReading(tx, { requestId: duplicate.id }, { wants, reading, now })
  }
  const { escalateAt: next, escalations, status } = before.duplicate
  if (next && status === 'submitted') {
    const at = next > now ? next : now
    await enqueueEscalation(tx, deps.enqueue, { requestId: duplicate.id, step: escalations + 1, at, now })
  }
  await record(tx, deps, { kept, duplicate, by, now }, ['separated', 'separated'])
  await announce(tx, deps, {
    ...{ type: 'request.status_changed', now, requestId: duplicate.id, data: { status } },
  })
}

/** Writes both histories and the audit, and redraws the cards of both. */
const record = async (
  tx: Tx,
  deps: StepDeps,
  { kept, duplicate, by, now }: Merge,
  [onKept, onDuplicate]: readonly ['merged' | 'separated', 'duplicate' | 'separated'],
): Promise<void> => {
  const sides = [
    { requestId: kept.id, kind: onKept, detail: duplicate.number },
    { requestId: duplicate.id, kind: onDuplicate, detail: kept.number },
  ] as const
  const action = onKept === 'merged' ? 'request.merged' : 'request.separated'
  const { staffId = null, apiKeyId = null } = by
  for (const side of sides) {
    await addEvent(tx, { ...side, at: now, ...by })
    await addAudit(tx, { at: now, action, requestId: side.requestId, staffId, apiKeyId })
    await deps.enqueue(tx, 'staff-cards-refresh', { requestId: side.requestId })
  }
}

const earlier = (one: Date | null, other: Date | null): Date | null => {
  if (!one || !other) return one ?? other
  return one <= other ? one : other
}

const must = (held: boolean): void => {
  if (!held) throw new DomainError('stale')
}

type ForStaff = { staff: Staff | null | undefined; keptId: string; duplicateId: string; now: Date }

/** Locked in one order, so that two who merge the same two wait for each other instead of both failing. */
export const lockBoth = async <T>(
  { keptId, duplicateId }: { keptId: string; duplicateId: string },
  lock: (id: string) => Promise<T>,
): Promise<{ kept: T; duplicate: T }> => {
  if (keptId < duplicateId) {
    const kept = await lock(keptId)
    return { kept, duplicate: await lock(duplicateId) }
  }
  const duplicate = await lock(duplicateId)
  return { kept: keptId === duplicateId ? duplicate : await lock(keptId), duplicate }
}

/**
 * The same by whoever could give both to somebody: who has them, or a supervisor of both territories who has said why they open what
 * others have. Throws `not-found` of what does not concern them.
 */
export const mergeForStaff = async (tx: Tx, deps: StepDeps, of: ForStaff): Promise<void> => {
  const { staff, now } = of
  const both = await lockBoth(of, async (requestId) => {
    const request = await requestToActOn(tx, { staff, requestId, right: 'give' }, lockRequest)
    await mustHaveReason(tx, staff, request, now)
    return request
  })
  await mergeRequests(tx, deps, { ...both, by: { staffId: staff?.id }, now })
}

/** Throws `not-found` for whoever may not do anything with the one that stays. */
export const separateForStaff = async (tx: Tx, deps: StepDeps, of: ForStaff): Promise<void> => {
  const { staff, keptId, duplicateId, now } = of
  await lockBoth(of, (id) => lockRequest(tx, id))
  const kept = await requestToActOn(tx, { staff, requestId: keptId, right: 'give' })
  await mustHaveReason(tx, staff, kept, now)
  const duplicate = await lockRequest(tx, duplicateId)
  if (!duplicate) throw new DomainError('not-found')
  await separateRequests(tx, deps, { kept, duplicate, by: { staffId: staff?.id }, now })
}
