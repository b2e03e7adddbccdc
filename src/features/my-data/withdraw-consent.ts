import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { endMembership } from '#features/families/members.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { answerDue, destructionDue } from '#features/data-requests/data-request-terms.ts'
import { sealAsked } from '#features/data-requests/data-request-content.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { isOpen } from '#features/requests/conversation.ts'
import { withdrawRequest } from '#features/requests/request-transitions.ts'
import { needsSafetyCheck } from '#features/requests/safety-check.ts'
import { announce } from '#features/webhooks/announce.ts'
import { type Consent, type ConsentKind, consentsOf, withdrawConsents } from '#storage/consents/consents.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addDataRequestStep, insertDataRequest } from '#storage/data-requests/data-requests.ts'
import { dropPushesTo, endCalendarLinks, setConsentWithdrawn } from '#storage/data-requests/restrictions.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { deleteDraft } from '#storage/intake/drafts.ts'
import { requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import { endSharing } from '#storage/requests/request-steps.ts'
import { lockRequest, type Request } from '#storage/requests/requests.ts'

// A withdrawal takes effect in the transaction of the tap: what rests on the consent stops, nothing more is sent, and staff are
// told. The data are destroyed by their term (152-ФЗ, ст. 9, ч. 2; ст. 21, ч. 5).

/** What a withdrawal would do, told before it is made. */
export type Consequences = {
  kind: ConsentKind
  /** Numbers of open requests that end with it; `checked`: whether staff still see to it that everybody is safe. */
  requests: string[]
  checked: boolean
  /** Numbers of families to which the access ends, or whose staff are asked to end the support. */
  families: number[]
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
  const { kind } = await standingConsent(reader, asked)
  const requests = kind === 'data-sharing' ? [] : await openRequestsOf(reader, asked.who)
  const families = kind === 'data-sharing' ? [] : asked.who.families.map(({ number }) => number)
  return {
    kind,
    requests: requests.map(({ number }) => number),
    checked: requests.some(needsSafetyCheck),
    families,
    eraseBy: kind === 'personal-data' ? destructionDue(asked.now, region).dueAt : null,
  }
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

const openRequestsOf = async (reader: Reader, { person }: Snapshot): Promise<Request[]> =>
  (await requestsOfPerson(reader, person.id)).filter(isOpen)

/**
 * Withdraws a consent for its giver. Without the consent to the processing of personal data no other one can stand. Throws as
 * `consequencesOf` does, and `not-allowed` if the account is not confirmed.
 */
export const withdrawOwnConsent = async (tx: Tx, deps: FamilyDeps, asked: Asked): Promise<Consequences> => {
  const { who, now } = asked
  if (!mayWithdraw(who)) throw new DomainError('not-allowed')
  const { kind } = await standingConsent(tx, asked)
  const consequences = await consequencesOf(tx, deps, asked)
  const { person } = who
  const all = kind === 'personal-data'
  const kinds: ConsentKind[] = all
    ? ['personal-data', 'support-request', 'minor-agreement', 'data-sharing']
    : [kind]
  await withdrawConsents(tx, { personId: person.id, kinds, now })
  const requests = kind === 'data-sharing' ? [] : await openRequestsOf(tx, who)
  const territory = (await requestsOfPerson(tx, person.id)).at(-1)?.territory ?? null
  for (const { id } of requests) {
    const request = await lockRequest(tx, id)
    if (request && isOpen(request)) await withdrawRequest(tx, deps, { request, by: {}, now })
  }
  const families = await lockFamiliesOf(tx, who)
  const dataRequestId = await register(tx, deps, {
    asked,
    kind,
    territory: families[0]?.family.territory ?? territory,
    familyId: families[0]?.family.id,
  })
  if (all || kind === 'data-sharing') await endSharing(tx, person.id)
  for (const { family, memberId } of families) {
    await notifyStaff(tx, deps, { family, kind: 'consent-withdrawn', subjectId: dataRequestId, now })
    if (all && family.status === 'active') await endMembership(tx, deps, { family, memberId, by: {}, now })
  }
  if (all) await stopProcessing(tx, { personId: person.id, now })
  for (const one of kinds)
    await announce(tx, deps, { type: 'consent.withdrawn', now, requestId: null, data: { kind: one } })
  return consequences
}

const lockFamiliesOf = async (
  tx: Tx,
  { families }: Snapshot,
): Promise<{ family: Family; memberId: string }[]> => {
  const locked: { family: Family; memberId: string }[] = []
  for (const { id, memberId } of families) {
    const family = await lockFamily(tx, id)
    if (family) locked.push({ family, memberId })
  }
  return locked
}

/** Nothing more is sent, and what was begun is gone. */
const stopProcessing = async (tx: Tx, { personId, now }: { personId: string; now: Date }): Promise<void> => {
  await deleteDraft(tx, personId)
  await endCalendarLinks(tx, personId, now)
  await dropPushesTo(tx, personId, now)
  await setConsentWithdrawn(tx, personId, now)
}

/** A withdrawal is a request of the register as one on paper is, so that its term is watched. */
const register = async (
  tx: Tx,
  { sealer, region }: FamilyDeps,
  {
    asked: { who, now },
    kind,
    territory,
    familyId,
  }: { asked: Asked; kind: ConsentKind; territory: string | null; familyId: string | undefined },
): Promise<string> => {
  const id = newId()
  const today = dayAt(now, region.timeZone).toString()
  const terms =
    kind === 'personal-data'
      ? destructionDue(now, region)
      : { dueAt: answerDue(today, region), eraseAt: null }
  await insertDataRequest(tx, {
    ...{ id, kind: 'withdrawal', source: 'bot', personId: who.person.id, territory, at: now, ...terms },
    receivedOn: new Date(`${today}T00:00:00Z`),
    familyId: familyId ?? null,
    content: sealAsked(sealer, id, { consent: kind }),
  })
  await addDataRequestStep(tx, { dataRequestId: id, kind: 'withdrawn', at: now })
  return id
}
