import { DomainError } from '#core/errors.ts'
import type { Actor, FamilyDeps } from '#features/families/active.ts'
import type { Reader, Tx } from '#storage/database.ts'
import {
  addDataRequestStep,
  changeDataRequest,
  type DataRequest,
  type DataRequestOutcome,
  type DataRequestStepKind,
  lockDataRequest,
  openDataRequestsOf,
} from '#storage/data-requests/data-requests.ts'
import { dropPushesTo, isUnconfirmed, setRestricted } from '#storage/data-requests/restrictions.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { ConsentKind } from '#storage/consents/consents.ts'
import { destructionDueOnPaper } from './data-request-terms.ts'
import { endProcessing } from './end-processing.ts'
import { actorOf } from './receive-data-request.ts'

/** `revision`: the one that was read; omitted: whichever there is. */
type Step = { id: string; by: Actor; now: Date; revision?: number | undefined }

/** Throws `not-found`; `stale`; `already-closed`. */
const lockOpen = async (tx: Tx, { id, revision }: Pick<Step, 'id' | 'revision'>): Promise<DataRequest> => {
  const request = await lockDataRequest(tx, id)
  if (!request) throw new DomainError('not-found')
  if (revision !== undefined && revision !== request.revision) throw new DomainError('stale')
  if (request.closedAt) throw new DomainError('already-closed')
  return request
}

const note = async (
  tx: Tx,
  { id, by, now }: Step,
  kind: DataRequestStepKind,
  text?: string,
): Promise<void> => {
  const step = { dataRequestId: id, kind, at: now, ...actorOf(by) }
  await addDataRequestStep(tx, { ...step, ...(text !== undefined && { text }) })
  await addAudit(tx, { at: now, action: 'data-requests.changed', subjectId: id, ...actorOf(by) })
}

/**
 * Blocks the data while the request is looked into (152-ФЗ, ст. 21, ч. 1): nothing is sent to the person, and staff cannot open what
 * they wrote (`blocks.ts`). Does nothing if they are blocked for it. Throws `not-found`, `already-closed`; `not-allowed` if nobody is known.
 */
export const restrictFor = async (tx: Tx, step: Step): Promise<DataRequest> => {
  const request = await lockOpen(tx, step)
  if (request.restrictedAt) return request
  if (request.personId === null) throw new DomainError('not-allowed')
  await setRestricted(tx, request.personId, step.now)
  await dropPushesTo(tx, request.personId, step.now)
  await note(tx, step, 'restricted')
  return changeDataRequest(tx, step.id, { restrictedAt: step.now })
}

/** Ends the block, unless another request has it too. Throws `not-found`, `already-closed`. */
export const unrestrictFor = async (tx: Tx, step: Step): Promise<DataRequest> => {
  const request = await lockOpen(tx, step)
  if (!request.restrictedAt) return request
  await note(tx, step, 'unrestricted')
  return release(tx, request)
}

/** Whether staff cannot open what the person wrote: it is blocked, or waits to be destroyed. */
export const closesData = ({
  restrictedAt,
  eraseAt,
}: Pick<DataRequest, 'restrictedAt' | 'eraseAt'>): boolean => restrictedAt !== null || eraseAt !== null

/**
 * Records why somebody opens what is blocked, which lets them for half a day; audited. The caller checks that they answer for the
 * request. Throws `not-found`, `already-closed`; `not-allowed` if nothing is closed for it.
 */
export const lookAtBlocked = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { reason, ...step }: Step & { reason: string },
): Promise<DataRequest> => {
  const request = await lockOpen(tx, step)
  if (!closesData(request)) throw new DomainError('not-allowed')
  const { id, now, by } = step
  const text = sealer.seal(reason, answerPlace(id))
  await addDataRequestStep(tx, { dataRequestId: id, kind: 'looked', text, at: now, ...actorOf(by) })
  const { requestId, familyId } = request
  await addAudit(tx, {
    ...{ at: now, action: 'data-requests.looked', subjectId: id, requestId, familyId },
    ...actorOf(by),
  })
  return request
}

const release = async (tx: Tx, { id, personId }: DataRequest): Promise<DataRequest> => {
  const changed = await changeDataRequest(tx, id, { restrictedAt: null })
  if (personId !== null && !(await isRestrictedBesides(tx, personId))) await setRestricted(tx, personId, null)
  return changed
}

const isRestrictedBesides = async (reader: Reader, personId: string): Promise<boolean> =>
  (await openDataRequestsOf(reader, personId)).some(({ restrictedAt }) => restrictedAt !== null)

/** What ends the processing: data are erased on paper by the term of a withdrawal, so that somebody can still see to safety meanwhile. */
export const endsProcessing = ({ kind }: Pick<DataRequest, 'kind'>): boolean =>
  kind === 'withdrawal' || kind === 'erasure'

/**
 * Carries out a withdrawal, or an erasure, that came on paper, as the person's own tap would. `who`: their snapshot. Throws `not-found`,
 * `already-closed`; `not-allowed` if the request is of another kind or person, and until staff have decided about a new account.
 */
export const withdrawFor = async (
  tx: Tx,
  deps: FamilyDeps,
  { who, consent, ...step }: Step & { who: Snapshot; consent: ConsentKind },
): Promise<DataRequest> => {
  const request = await lockOpen(tx, step)
  if (!endsProcessing(request) || request.personId !== who.person.id) throw new DomainError('not-allowed')
  if (await isUnconfirmed(tx, request)) throw new DomainError('not-allowed')
  const { id: dataRequestId, now, by } = step
  const on = {
    how: 'paper',
    ...(by.staffId && { staffId: by.staffId }),
    ...(by.apiKeyId && { apiKeyId: by.apiKeyId }),
  } as const
  await endProcessing(tx, deps, { who, kind: consent, dataRequestId, by: on, now })
  await note(tx, step, 'withdrawn')
  if (consent !== 'personal-data') return request
  return changeDataRequest(tx, step.id, {
    eraseAt: destructionDueOnPaper(request.receivedOn, deps.region).eraseAt,
  })
}

export const answerPlace = (id: string): string => `data_request_steps.text.${id}`

/**
 * Closes a request with the answer that its person gets. A block that was made for it ends, except by a refusal to lift it.
 * Throws `not-found`, `already-closed`; `not-allowed` while the destruction of data is due for it.
 */
export const answerDataRequest = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  {
    answer,
    outcome,
    ...step
  }: Step & { answer: string; outcome: Exclude<DataRequestOutcome, 'given-again'> },
): Promise<DataRequest> => {
  const request = await lockOpen(tx, step)
  if (request.eraseAt !== null && request.eraseAt > step.now) throw new DomainError('not-allowed')
  await note(tx, step, 'answered', sealer.seal(answer, answerPlace(step.id)))
  if (request.restrictedAt) await release(tx, request)
  return changeDataRequest(tx, step.id, { closedAt: step.now, outcome })
}
