import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { sealAsked } from '#features/data-requests/data-request-content.ts'
import { destructionDue } from '#features/data-requests/data-request-terms.ts'
import { endProcessing } from '#features/data-requests/end-processing.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { erase } from '#features/erasure/erase.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { endTogetherOfPerson } from '#features/together/move-together.ts'
import type { Tx } from '#storage/database.ts'
import {
  addDataRequestStep,
  changeDataRequest,
  insertDataRequest,
  lockDataRequest,
  openDataRequestsOf,
} from '#storage/data-requests/data-requests.ts'
import { endCalendarLinks, isErased, restrictionOf } from '#storage/data-requests/restrictions.ts'
import { deleteDraft } from '#storage/intake/drafts.ts'
import { requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import { erasurePlan, isStillNeeded } from './erasure-plan.ts'
import { mayWithdraw } from './withdraw-consent.ts'

export type ErasedNow = 'everything' | 'later' | 'partly'

/**
 * Erases for whoever asks what nothing obliges to keep. `later`: it waits for its term, and processing has stopped; `partly`: the
 * rest is kept for reasons. Throws `not-allowed` if the account is not confirmed.
 */
export const eraseOwnData = async (
  tx: Tx,
  deps: FamilyDeps,
  { who, now }: { who: Snapshot; now: Date },
): Promise<ErasedNow> => {
  if (!mayWithdraw(who)) throw new DomainError('not-allowed')
  const { id: personId } = who.person
  const plan = await erasurePlan(tx, deps, { who, now })
  const [only] = plan.kept
  if (only?.why === 'protected') {
    const dataRequestId = await register(tx, deps, { who, now, later: true })
    await endProcessing(tx, deps, { who, kind: 'personal-data', dataRequestId, by: {}, now })
    return 'later'
  }
  if (only) {
    await deleteDraft(tx, personId)
    await endCalendarLinks(tx, personId, now)
    // Asked for once is enough: the term runs from then on.
    return only.why === 'waiting' && plan.now.length === 0 ? 'later' : 'partly'
  }
  const asked = await openDataRequestsOf(tx, personId)
  const id = await register(tx, deps, { who, now, later: false })
  await endTogetherOfPerson(tx, deps, { personId, now })
  await erase(tx, deps, { of: { person: personId }, ground: 'request', by: {}, now })
  for (const one of [...asked.filter(({ eraseAt }) => eraseAt !== null).map((row) => row.id), id])
    await settle(tx, one, now)
  return 'everything'
}

/** Records that it is erased. */
const settle = async (tx: Tx, id: string, now: Date): Promise<void> => {
  await addDataRequestStep(tx, { dataRequestId: id, kind: 'erased', at: now })
  await changeDataRequest(tx, id, { closedAt: now, outcome: 'done' })
}

const register = async (
  tx: Tx,
  { sealer, region }: FamilyDeps,
  { who: { person, families }, now, later }: { who: Snapshot; now: Date; later: boolean },
): Promise<string> => {
  const id = newId()
  const { dueAt, eraseAt } = destructionDue(now, region)
  await insertDataRequest(tx, {
    ...{ id, kind: 'erasure', source: 'bot', personId: person.id, familyId: families[0]?.id ?? null },
    ...{ at: now, dueAt, eraseAt: later ? eraseAt : null },
    territory: (await requestsOfPerson(tx, person.id)).at(-1)?.territory ?? null,
    receivedOn: new Date(`${dayAt(now, region.timeZone)}T00:00:00Z`),
    content: sealAsked(sealer, id, { consent: 'personal-data' }),
  })
  await addDataRequestStep(tx, { dataRequestId: id, kind: 'received', at: now })
  return id
}

/** It is tried again a day later: by then the check may have ended. */
const againMs = 24 * 60 * 60 * 1000

export type DueErasure = 'erased' | 'given-again' | 'kept' | 'nothing'

/**
 * Carries out an erasure whose time has come. Nothing is erased if the consent was given again, or while somebody still sees to it
 * that everybody is safe: then the row stays open, and is overdue when its term ends.
 */
export const carryOutErasure = async (
  tx: Tx,
  deps: FamilyDeps,
  { id, now }: { id: string; now: Date },
): Promise<DueErasure> => {
  const request = await lockDataRequest(tx, id)
  if (!request || request.closedAt || !request.eraseAt || request.eraseAt > now || !request.personId)
    return 'nothing'
  const { personId } = request
  // By another request of theirs.
  if (await isErased(tx, personId)) {
    await settle(tx, id, now)
    return 'erased'
  }
  if ((await restrictionOf(tx, personId)).consentWithdrawnAt === null) {
    await changeDataRequest(tx, id, { closedAt: now, outcome: 'given-again' })
    return 'given-again'
  }
  if (await isStillNeeded(tx, personId)) {
    await changeDataRequest(tx, id, { eraseAt: new Date(now.getTime() + againMs) })
    return 'kept'
  }
  const ground = request.kind === 'withdrawal' ? 'withdrawal' : 'request'
  const by = { staffId: request.staffId ?? undefined, apiKeyId: request.apiKeyId ?? undefined }
  await erase(tx, deps, { of: { person: personId }, ground, by, now })
  await settle(tx, id, now)
  return 'erased'
}
