import { DomainError } from '#core/errors.ts'
import { consentsForPerson, type ConsentForPerson } from '#features/consents/consent-registry.ts'
import type { Reader, Tx } from '#storage/database.ts'
import {
  type DataRequest,
  type DataRequestStep,
  findDataRequest,
  listDataRequests,
  stepsOfDataRequest,
} from '#storage/data-requests/data-requests.ts'
import { findFamily } from '#storage/families/families.ts'
import { findMember, type MemberRole, membersOf } from '#storage/families/family-members.ts'
import { findRequest } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import { type Asked, openAsked } from './data-request-content.ts'
import { actorOf } from './receive-data-request.ts'
import { answerPlace } from './settle-data-request.ts'

/** Who keeps the register: whoever receives papers, and whoever answers for them. */
const keepers = ['intake', 'supervisor'] as const

type As = { staff: Pick<StaffMember, 'id' | 'role' | 'territories' | 'active'> }

/** Whether somebody keeps the register of this territory; what has none is for supervisors. */
export const keepsRegister = ({ staff }: As, territory: string | null): boolean =>
  staff.active &&
  keepers.some((role) => role === staff.role) &&
  (territory === null ? staff.role === 'supervisor' : staff.territories.includes(territory))

/** One of the register. Throws `not-found`, also outside of the member's territories. */
export const dataRequestForStaff = async (reader: Reader, as: As, id: string): Promise<DataRequest> => {
  const found = await findDataRequest(reader, id)
  if (!found) throw new DomainError('not-found')
  if (!keepsRegister(as, found.territory)) throw new DomainError('not-found')
  return found
}

export type Listed = DataRequest & { overdue: boolean }

const mostListed = 200

/** Those of the member's territories, without their words: open ones by their term, or closed ones. */
export const dataRequestsForStaff = async (
  reader: Reader,
  as: As,
  { open, now }: { open: boolean; now: Date },
): Promise<Listed[]> => {
  if (!keepers.some((role) => role === as.staff.role)) throw new DomainError('not-found')
  const { territories } = as.staff
  const found = await listDataRequests(reader, { territories, open, limit: mostListed })
  return found.filter(({ territory }) => keepsRegister(as, territory)).map((one) => withTerm(one, now))
}

const withTerm = (one: DataRequest, now: Date): Listed => ({
  ...one,
  overdue: one.closedAt === null && one.dueAt < now,
})

export type OpenDataRequest = {
  request: DataRequest
  asked: Asked
  steps: (Omit<DataRequestStep, 'text'> & { text: string | null })[]
  consents: ConsentForPerson[]
  /** Numbers by which staff know whose it is. */
  requestNumber: string | null
  familyNumber: number | null
  /** Of a letter about a member: as what they stand in the family, and at which place of its page. */
  member: { role: MemberRole; place: number } | null
}

/** One with its words, and the consents of whom it is about; audited. The caller checks the right. */
export const openDataRequest = async (
  tx: Tx,
  sealer: Sealer,
  {
    request,
    by,
    now,
  }: { request: DataRequest; by: { staffId?: string | undefined; apiKeyId?: string | undefined }; now: Date },
): Promise<OpenDataRequest> => {
  const { id, personId, requestId, familyId, memberId } = request
  await addAudit(tx, { at: now, action: 'data-requests.opened', subjectId: id, ...actorOf(by) })
  const steps = await stepsOfDataRequest(tx, id)
  const about = requestId === null ? null : await findRequest(tx, requestId)
  const family = familyId === null ? null : await findFamily(tx, familyId)
  return {
    request,
    asked: openAsked(sealer, request),
    steps: steps.map((step) => ({
      ...step,
      text: step.text === null ? null : sealer.open(step.text, answerPlace(id)),
    })),
    consents: personId === null ? [] : await consentsForPerson(tx, personId),
    requestNumber: about?.number ?? null,
    familyNumber: family?.number ?? null,
    member: memberId === null ? null : await memberOfLetter(tx, memberId),
  }
}

/** A slip in the number would end the support of somebody else: whoever acts on a letter sees whose it is. Null: gone since. */
const memberOfLetter = async (tx: Tx, memberId: string): Promise<OpenDataRequest['member']> => {
  const member = await findMember(tx, memberId)
  if (!member) return null
  const all = await membersOf(tx, member.familyId)
  return { role: member.role, place: all.findIndex(({ id }) => id === memberId) + 1 }
}
