import { DomainError } from '#core/errors.ts'
import { type Asker, openAsked } from '#features/data-requests/data-request-content.ts'
import { actorOf } from '#features/data-requests/receive-data-request.ts'
import type { Actor } from '#features/families/active.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addDataRequestStep, type DataRequest } from '#storage/data-requests/data-requests.ts'
import { requestsOfPerson } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type OwnData, ownData } from './own-data.ts'

/** Why a copy may not be made for a request: it asks for something else, nobody is known, or a minor's words would go to an adult. */
export type NoCopy = 'other-kind' | 'closed' | 'nobody' | 'minor'

type Asking = {
  request: Pick<DataRequest, 'kind' | 'source' | 'closedAt' | 'personId'>
  asker: Asker | undefined
  minor: boolean
}

/**
 * Who gets a copy of whose data on paper: everybody their own, an adult also through somebody who stands for them. A minor's words go to
 * nobody else, also not to a parent (ADR 113); of a paper that does not say who asks, neither. Null: it may be made.
 */
const whyNoCopy = ({ request, asker, minor }: Asking): NoCopy | null => {
  if (request.kind !== 'access') return 'other-kind'
  if (request.closedAt) return 'closed'
  if (request.personId === null) return 'nobody'
  return minor && request.source !== 'bot' && asker !== 'self' ? 'minor' : null
}

/** Whether an account is, or may be, a minor's. */
const isMinors = async (reader: Reader, { person, families }: Snapshot): Promise<boolean> =>
  person.address === 'minor' ||
  families.some(({ role }) => role === 'minor') ||
  (await requestsOfPerson(reader, person.id)).some(({ applicant }) => applicant === 'minor')

type Deps = { sealer: Sealer; region: Region }
type Of = { request: DataRequest; who: Snapshot | null }

/** The same for a request as it is stored. `who`: the snapshot of whom it is about. */
export const copyRefused = async (
  reader: Reader,
  { sealer }: Pick<Deps, 'sealer'>,
  { request, who }: Of,
): Promise<NoCopy | null> =>
  whyNoCopy({
    request: who ? request : { ...request, personId: null },
    asker: openAsked(sealer, request).asker,
    minor: who !== null && (await isMinors(reader, who)),
  })

/**
 * Makes the copy that the person would get in the bot, for a request on paper; audited, and a step of the request. Throws
 * `not-allowed` if nobody may have it. The caller checks the right.
 */
export const copyForPaper = async (
  tx: Tx,
  deps: Deps,
  { request, who, by, now }: Of & { by: Actor; now: Date },
): Promise<OwnData> => {
  // Read before: the request may have gone over to another account of theirs meanwhile.
  if (who?.person.id !== request.personId) throw new DomainError('not-allowed')
  if (!who || (await copyRefused(tx, deps, { request, who })) !== null) throw new DomainError('not-allowed')
  const { id, requestId, familyId } = request
  await addDataRequestStep(tx, { dataRequestId: id, kind: 'copied', at: now, ...actorOf(by) })
  await addAudit(tx, {
    ...{ at: now, action: 'data-requests.copied', subjectId: id, requestId, familyId },
    ...actorOf(by),
  })
  return ownData(tx, deps, { who, now })
}
