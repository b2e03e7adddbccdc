import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { giverOf, personOfGiver } from '#features/consents/paper-giver.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { standingAccount } from '#features/families/account-changes.ts'
import type { Actor } from '#features/families/active.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import {
  addDataRequestStep,
  type DataRequest,
  type DataRequestKind,
  type DataRequestSource,
  insertDataRequest,
} from '#storage/data-requests/data-requests.ts'
import { findFamily } from '#storage/families/families.ts'
import { findMember } from '#storage/families/family-members.ts'
import { accountOfPaper } from '#storage/one-person.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type Asked, sealAsked } from './data-request-content.ts'
import { answerDue } from './data-request-terms.ts'

/** Whose data it is about: an applicant by their request, or a member of a family. */
export type About = { requestId: string } | { memberId: string }

export type Received = {
  kind: DataRequestKind
  source: Exclude<DataRequestSource, 'bot'>
  /** ISO; not later than today. */
  receivedOn: string
  about: About
  asked: Asked
}

type Deps = { sealer: Sealer; region: Region }

/**
 * Registers a request that came on paper: its term is ten working days from the day on which the centre got it (152-ФЗ, ст. 20).
 * Throws `not-found`; `invalid-input` for a day that is later than today. The caller checks the right.
 */
export const receiveDataRequest = async (
  tx: Tx,
  { sealer, region }: Deps,
  { received, by, now }: { received: Received; by: Actor; now: Date },
): Promise<DataRequest> => {
  const { kind, source, receivedOn, about, asked } = received
  if (receivedOn > dayAt(now, region.timeZone).toString())
    throw new DomainError('invalid-input', { field: 'receivedOn' })
  const id = newId()
  const found = await whoseData(tx, about)
  const whose = { ...found, personId: found.personId ?? (await personFor(tx, sealer, about)) }
  const row = await insertDataRequest(tx, {
    ...{ id, kind, source, ...whose, at: now, dueAt: answerDue(receivedOn, region) },
    receivedOn: new Date(`${receivedOn}T00:00:00Z`),
    content: sealAsked(sealer, id, asked),
    ...actorOf(by),
  })
  await addDataRequestStep(tx, { dataRequestId: id, kind: 'received', at: now, ...actorOf(by) })
  await addAudit(tx, { at: now, action: 'data-requests.changed', subjectId: id, ...actorOf(by) })
  return row
}

/** A member without an account who has signed nothing: from here on it is known whose consents and blocks these are. */
const personFor = async (tx: Tx, sealer: Sealer, about: About): Promise<string> =>
  personOfGiver(tx, sealer, await giverOf(tx, about))

export const actorOf = ({ staffId, apiKeyId }: Actor) => ({
  staffId: staffId ?? null,
  apiKeyId: apiKeyId ?? null,
})

/** Ids, and the territory by which it is decided who sees the request. Throws `not-found`. */
export const whoseData = async (
  tx: Tx,
  about: About,
): Promise<Pick<DataRequest, 'personId' | 'requestId' | 'familyId' | 'memberId'> & { territory: string }> => {
  if ('requestId' in about) {
    const request = await findRequest(tx, about.requestId)
    if (!request) throw new DomainError('not-found')
    const { territory } = request
    const personId = await accountOfPaper(tx, request.personId)
    return { personId, requestId: request.id, familyId: null, memberId: null, territory }
  }
  const member = await findMember(tx, about.memberId)
  const family = member && (await findFamily(tx, member.familyId))
  if (!member || !family) throw new DomainError('not-found')
  return {
    // An account that staff have not confirmed may be anybody's: it is asked about the one before.
    personId: await standingAccount(tx, member),
    ...{ requestId: null, familyId: family.id, memberId: member.id, territory: family.territory },
  }
}
