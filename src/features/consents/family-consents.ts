import { DomainError } from '#core/errors.ts'
import { closedTo, mustNotBeBlocked } from '#features/data-requests/blocks.ts'
import { erasedText } from '#core/withheld.ts'
import type { Family } from '#storage/families/families.ts'
import { findMember, type Member, membersOf, personsOfMember } from '#storage/families/family-members.ts'
import { type Consent, consentsOfAll } from '#storage/consents/consents.ts'
import { findScan, scannedPapers } from '#storage/consents/papers.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { findRequest, type Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { checksOf, type SeenCheck } from './representative-checks.ts'
import { mediaTypes, scanPlace } from './scan-file.ts'

/** A consent as staff see it in the registry; `scanned`: the paper is kept, too. */
export type RegisteredConsent = Consent & { scanned: boolean }

export type GiverRecord = { consents: RegisteredConsent[]; checks: SeenCheck[] }
export type MemberRecord = GiverRecord & { member: Pick<Member, 'id' | 'role'> }

type By = { staffId?: string | undefined; apiKeyId?: string | undefined }

const recordOf = async (
  reader: Reader,
  sealer: Sealer,
  { personIds, by, now }: { personIds: readonly string[]; by: By; now: Date },
): Promise<GiverRecord> => {
  const closed = await closedTo(reader, { personIds, by, now })
  const consents = await consentsOfAll(reader, personIds)
  const papers = consents.flatMap(({ paperId }) => (paperId === null ? [] : [paperId]))
  const scanned = await scannedPapers(reader, papers)
  return {
    consents: consents.map((one) => ({
      ...one,
      scanned: one.paperId !== null && scanned.has(one.paperId),
    })),
    checks: (await checksOf(reader, sealer, personIds)).map((one) =>
      closed.has(one.personId) ? { ...one, details: null } : one,
    ),
  }
}

/**
 * The registry of a family: what each of its members has agreed to, and who has checked whose authority. Audited. For staff only: a minor's
 * consent is nothing that a parent may learn of. The caller checks the right.
 */
export const consentsOfFamily = async (
  tx: Tx,
  sealer: Sealer,
  { family, by, now }: { family: Family; by: By; now: Date },
): Promise<MemberRecord[]> => {
  await addAudit(tx, { at: now, action: 'consents.opened', familyId: family.id, ...actor(by) })
  const records: MemberRecord[] = []
  for (const member of await membersOf(tx, family.id)) {
    const { id, role } = member
    records.push({
      member: { id, role },
      ...(await recordOf(tx, sealer, { personIds: personsOfMember(member), by, now })),
    })
  }
  return records
}

/** The same of whoever made a request. */
export const consentsOfApplicant = async (
  tx: Tx,
  sealer: Sealer,
  { request, by, now }: { request: Pick<Request, 'id' | 'personId'>; by: By; now: Date },
): Promise<GiverRecord> => {
  await addAudit(tx, { at: now, action: 'consents.opened', requestId: request.id, ...actor(by) })
  return recordOf(tx, sealer, { personIds: [request.personId], by, now })
}

const actor = ({ staffId = undefined, apiKeyId = undefined }: By) => ({
  staffId: staffId ?? null,
  apiKeyId: apiKeyId ?? null,
})

/**
 * The scan of a paper that a member of this family, or whoever made this request, has signed; audited. Throws `not-found`, `data-blocked`.
 * The caller checks the right to the family or request.
 */
export const scanOf = async (
  tx: Tx,
  sealer: Sealer,
  {
    of,
    paperId,
    by,
    now,
  }: { of: { familyId: string } | { requestId: string }; paperId: string; by: By; now: Date },
): Promise<{ type: string; ending: string; bytes: Uint8Array }> => {
  const scan = await findScan(tx, paperId)
  const persons = 'familyId' in of ? await personsOfFamily(tx, of.familyId) : await personsOfRequest(tx, of)
  if (!scan || !persons.includes(scan.personId)) throw new DomainError('not-found')
  await mustNotBeBlocked(tx, { of: scan, by, now, danger: false })
  const content = sealer.open(scan.content, scanPlace(scan.id))
  if (content === erasedText) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'consents.opened', subjectId: scan.id, ...of, ...actor(by) })
  return { type: mediaTypes[scan.type], ending: scan.type, bytes: Buffer.from(content, 'base64') }
}

const personsOfFamily = async (reader: Reader, familyId: string): Promise<string[]> =>
  (await membersOf(reader, familyId)).flatMap(personsOfMember)

const personsOfRequest = async (reader: Reader, { requestId }: { requestId: string }): Promise<string[]> => {
  const request = await findRequest(reader, requestId)
  return request ? [request.personId] : []
}

/** Throws `not-found` unless the member is of this family. */
export const mustBeOf = async (reader: Reader, familyId: string, memberId: string): Promise<void> => {
  if ((await findMember(reader, memberId))?.familyId !== familyId) throw new DomainError('not-found')
}
