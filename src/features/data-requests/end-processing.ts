import type { FamilyDeps } from '#features/families/active.ts'
import { endMembership } from '#features/families/members.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { isOpen } from '#features/requests/conversation.ts'
import { withdrawRequest } from '#features/requests/request-transitions.ts'
import { endTogetherOfPerson } from '#features/together/move-together.ts'
import { announce } from '#features/webhooks/announce.ts'
import {
  type ConsentKind,
  type TappedKind,
  withdrawConsents,
  type WithdrawnBy,
} from '#storage/consents/consents.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { dropPushesTo, endCalendarLinks, setConsentWithdrawn } from '#storage/data-requests/restrictions.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { deleteDraft } from '#storage/intake/drafts.ts'
import { requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import { endSharing } from '#storage/requests/request-steps.ts'
import { lockRequest, type Request } from '#storage/requests/requests.ts'

// A withdrawal takes effect in the transaction that records it: what rests on the consent stops, nothing more is sent, and staff
// are told. The data are destroyed by their term (152-ФЗ, ст. 9, ч. 2; ст. 21, ч. 5).

/** Without the consent to the processing of personal data no other one can stand. */
const resting = (kind: ConsentKind): ConsentKind[] =>
  kind === 'personal-data'
    ? ['personal-data', 'support-request', 'minor-agreement', 'data-sharing', 'special-categories']
    : [kind]

/** Without these help goes on, with less. */
export const endsNothing = (kind: ConsentKind): boolean =>
  kind === 'data-sharing' || kind === 'special-categories'

/** Requests that end with a consent of this kind. */
export const requestsEnding = async (
  reader: Reader,
  { personId, kind }: { personId: string; kind: ConsentKind },
): Promise<Request[]> => (endsNothing(kind) ? [] : (await requestsOfPerson(reader, personId)).filter(isOpen))

/** Other systems are not told of this one: it would say that there is something of health. */
const isTold = (kind: ConsentKind): kind is TappedKind => kind !== 'special-categories'

type Ending = {
  who: Snapshot
  kind: ConsentKind
  /** The row of the register, by which staff find out whose it is. */
  dataRequestId: string
  /** Empty: the person in the bot. */
  by: WithdrawnBy
  now: Date
}

/** Ends what rests on a consent. The account of a member loses its access; the family and all others keep theirs. */
export const endProcessing = async (
  tx: Tx,
  deps: FamilyDeps,
  { who, kind, dataRequestId, by, now }: Ending,
): Promise<void> => {
  const { id: personId } = who.person
  const kinds = resting(kind)
  const all = kind === 'personal-data'
  await withdrawConsents(tx, { personId, kinds, by, now })
  const actor = { staffId: by.staffId, apiKeyId: by.apiKeyId }
  for (const { id } of await requestsEnding(tx, { personId, kind })) {
    const request = await lockRequest(tx, id)
    if (request && isOpen(request)) await withdrawRequest(tx, deps, { request, by: actor, now })
  }
  if (all || kind === 'data-sharing') await endSharing(tx, personId)
  for (const { family, memberId } of await lockFamiliesOf(tx, who)) {
    await notifyStaff(tx, deps, { family, kind: 'consent-withdrawn', subjectId: dataRequestId, now })
    if (all) await endMembership(tx, deps, { family, memberId, by: actor, now })
  }
  if (all) {
    await deleteDraft(tx, personId)
    await endCalendarLinks(tx, personId, now)
    await dropPushesTo(tx, personId, now)
    await setConsentWithdrawn(tx, personId, now)
    await endTogetherOfPerson(tx, deps, { personId, now })
  }
  for (const one of kinds.filter(isTold))
    await announce(tx, deps, { type: 'consent.withdrawn', now, requestId: null, data: { kind: one } })
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
