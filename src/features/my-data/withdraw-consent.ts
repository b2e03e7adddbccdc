import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { sealAsked } from '#features/data-requests/data-request-content.ts'
import { answerDue, destructionDue } from '#features/data-requests/data-request-terms.ts'
import { endProcessing, endsNothing, requestsEnding } from '#features/data-requests/end-processing.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { asOwn } from '#features/requests/as-own.ts'
import { needsSafetyCheck } from '#features/requests/safety-check.ts'
import { leaveRequest } from '#features/together/move-together.ts'
import { type Consent, type ConsentKind, consentsOf } from '#storage/consents/consents.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addDataRequestStep, insertDataRequest } from '#storage/data-requests/data-requests.ts'
import { findFamily } from '#storage/families/families.ts'
import { requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import { togetherOfPerson } from '#storage/requests/together.ts'

/** What a withdrawal would do, told before it is made. */
export type Consequences = {
  kind: ConsentKind
  /** Numbers of open requests that end with it; `checked`: whether staff still see to it that everybody is safe. */
  requests: string[]
  checked: boolean
  /** Numbers of families to which the access ends, or whose staff are asked to end the support. */
  families: number[]
  /** Somebody asks together with them, and does no more. */
  together: boolean
  /** Until when the data are destroyed; null: they are not. */
  eraseBy: Date | null
}

type Asked = { who: Snapshot; consentId: string; now: Date }

/** What withdrawing this consent would do. Throws `not-found`; `already-closed` if it is withdrawn. */
export const consequencesOf = async (
  reader: Reader,
  { region }: Pick<FamilyDeps, 'region'>,
  asked: Asked,
): Promise<Consequences> => {
  const { who, now } = asked
  const consent = await standingConsent(reader, asked)
  const { kind } = consent
  const personId = who.person.id
  const requests = isJoint(consent) ? [] : await requestsEnding(reader, { personId, kind })
  const own = await Promise.all(requests.map((request) => asOwn(reader, request)))
  return {
    kind,
    requests: requests.map(({ number }) => number),
    checked: own.some(needsSafetyCheck),
    families: endsNothing(kind) || isJoint(consent) ? [] : who.families.map(({ number }) => number),
    together: await endsTogether(reader, { personId, consent, requests }),
    eraseBy: kind === 'personal-data' ? destructionDue(now, region).dueAt : null,
  }
}

/** Given with what somebody else asks: that goes on without them, and so does their own. */
const isJoint = ({ kind, how }: Pick<Consent, 'kind' | 'how'>): boolean =>
  how === 'joint' && kind !== 'personal-data'

const endsTogether = async (
  reader: Reader,
  {
    personId,
    consent,
    requests,
  }: { personId: string; consent: Consent; requests: readonly { id: string }[] },
): Promise<boolean> => {
  const ending = [...requests.map(({ id }) => id), ...(isJoint(consent) ? [consent.requestId] : [])]
  return (await togetherOfPerson(reader, personId)).some(
    ({ endedAt, requestId }) =>
      endedAt === null && (consent.kind === 'personal-data' || ending.includes(requestId)),
  )
}

/** Somebody whose new account is not confirmed could end the help of whom it belongs to. */
export const mayWithdraw = ({ families }: Snapshot): boolean =>
  families.every(({ unconfirmed }) => !unconfirmed)

const standingConsent = async (reader: Reader, { who, consentId }: Asked): Promise<Consent> => {
  const found = (await consentsOf(reader, who.person.id)).find(({ id }) => id === consentId)
  if (!found) throw new DomainError('not-found')
  if (found.withdrawnAt) throw new DomainError('already-closed')
  return found
}

/**
 * Withdraws a consent for its giver, with all that rests on it. Throws as `consequencesOf` does, and `not-allowed` if the
 * account is not confirmed.
 */
export const withdrawOwnConsent = async (tx: Tx, deps: FamilyDeps, asked: Asked): Promise<void> => {
  const { who, now } = asked
  if (!mayWithdraw(who)) throw new DomainError('not-allowed')
  const consent = await standingConsent(tx, asked)
  const { kind, requestId } = consent
  const dataRequestId = await register(tx, deps, { who, kind, now })
  if (isJoint(consent) && requestId !== null) {
    await leaveRequest(tx, deps, { personId: who.person.id, requestId, now })
    return
  }
  await endProcessing(tx, deps, { who, kind, dataRequestId, by: {}, now })
}

/** A withdrawal is a request of the register as one on paper is, so that its term is watched. */
const register = async (
  tx: Tx,
  { sealer, region }: FamilyDeps,
  { who, kind, now }: { who: Snapshot; kind: ConsentKind; now: Date },
): Promise<string> => {
  const id = newId()
  const { person, families } = who
  const today = dayAt(now, region.timeZone).toString()
  const terms =
    kind === 'personal-data'
      ? destructionDue(now, region)
      : { dueAt: answerDue(today, region), eraseAt: null }
  const familyId = families[0]?.id ?? null
  const family = familyId === null ? null : await findFamily(tx, familyId)
  const territory = family?.territory ?? (await requestsOfPerson(tx, person.id)).at(-1)?.territory ?? null
  await insertDataRequest(tx, {
    ...{ id, kind: 'withdrawal', source: 'bot', personId: person.id, familyId, territory, at: now, ...terms },
    receivedOn: new Date(`${today}T00:00:00Z`),
    content: sealAsked(sealer, id, { consent: kind }),
  })
  await addDataRequestStep(tx, { dataRequestId: id, kind: 'withdrawn', at: now })
  return id
}
