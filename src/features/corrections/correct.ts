import type { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import {
  type MemberContact,
  memberContactOf,
  sealContact,
  sealName,
} from '#features/families/member-facts.ts'
import { nameOf } from '#features/families/members.ts'
import { type Contact, contactSchema, openContact } from '#features/requests/request-content.ts'
import { markForSearch } from '#features/worklist/mark-for-search.ts'
import {
  type CorrectedField,
  correctionsOf,
  insertCorrection,
  type StoredCorrection,
} from '#storage/corrections/corrections.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { changeFamily, type Family } from '#storage/families/families.ts'
import { describeMember, findMember, type Member, personsOfMember } from '#storage/families/family-members.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { setContact } from '#storage/requests/request-steps.ts'
import { lockRequest, type Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'

// Corrections of who somebody is and how they are reached: 152-ФЗ, ст. 21, also after support has ended. What stood there
// before is kept, sealed, and the search follows.

type Actor = { staffId?: string | undefined; apiKeyId?: string | undefined }
type By = { by: Actor; reason: string; now: Date }

/** Null: there is none, or not any more. */
export type CorrectedFacts = {
  name?: string | undefined
  phone?: string | null | undefined
  address?: string | null | undefined
}

const beforeSchema = contactSchema.pick({ name: true, phone: true, address: true })
type Known = z.infer<typeof beforeSchema>

/** Corrects the contact of a request. Throws `invalid-input` if nothing changes. */
export const correctRequest = async (
  tx: Tx,
  sealer: Sealer,
  { request, facts, ...given }: By & { request: Request; facts: CorrectedFacts },
): Promise<void> => {
  const contact = openContact(sealer, request)
  const fields = changedFields(contact, facts)
  if (fields.length === 0) throw new DomainError('invalid-input', { field: 'reason' })
  await keepContact(tx, sealer, { request, contact, facts, fields, ...given })
}

const keepContact = async (
  tx: Tx,
  sealer: Sealer,
  {
    request,
    contact,
    facts,
    fields,
    ...given
  }: By & { request: Request; contact: Contact; facts: CorrectedFacts; fields: CorrectedField[] },
): Promise<void> => {
  const { id: requestId } = request
  const corrected = contactSchema.parse(withFacts(contact, facts))
  const own = await sealerOf(tx, sealer, { person: request.personId })
  await setContact(tx, requestId, own.sealJson(corrected, `requests.contact.${requestId}`))
  await markForSearch(tx, sealer, { requestId }, corrected)
  await keep(tx, own, { of: { requestId, memberId: null }, before: contact, fields, ...given })
  await audit(tx, given, { action: 'request.corrected', requestId })
}

/**
 * Corrects a member of a family, and what they said themselves with their request, so that no card goes on showing what is
 * wrong. Throws `not-found`; `invalid-input` if nothing changes.
 */
export const correctMember = async (
  tx: Tx,
  sealer: Sealer,
  { family, memberId, facts, ...given }: By & { family: Family; memberId: string; facts: CorrectedFacts },
): Promise<Member> => {
  const member = await findMember(tx, memberId)
  if (member?.familyId !== family.id) throw new DomainError('not-found')
  const own = { ...memberContactOf(sealer, member), name: nameOf(sealer, member) }
  const request = await ownRequest(tx, family, member)
  const said = request && openContact(sealer, request)
  const fields = changedFields(own, facts)
  const saidFields = said ? changedFields(said, facts).filter((field) => said[field] !== undefined) : []
  if (fields.length + saidFields.length === 0) throw new DomainError('invalid-input', { field: 'reason' })
  if (request && said && saidFields.length > 0)
    await keepContact(tx, sealer, {
      request,
      contact: said,
      facts: only(facts, saidFields),
      fields: saidFields,
      ...given,
    })
  if (fields.length === 0) return member
  const { name = '', ...contact } = withFacts(own, facts)
  const theirs = await sealerOf(tx, sealer, { member: memberId })
  const stored = { name: sealName(theirs, memberId, name), contact: sealContact(theirs, memberId, contact) }
  const corrected = await describeMember(tx, memberId, stored)
  await markForSearch(tx, sealer, { memberId }, { name, ...contact })
  await keep(tx, theirs, { of: { requestId: null, memberId }, before: own, fields, ...given })
  await changeFamily(tx, family.id, {})
  await audit(tx, given, { action: 'family.corrected', familyId: family.id })
  return corrected
}

/** The request that a member made themselves, at the desk or in the bot, if their family came from it. */
const ownRequest = async (tx: Tx, { requestId }: Family, member: Member): Promise<Request | null> => {
  const request = requestId === null ? null : await lockRequest(tx, requestId)
  return request && personsOfMember(member).includes(request.personId) ? request : null
}

const fieldsOf = ['name', 'phone', 'address'] as const satisfies readonly CorrectedField[]

const changedFields = (known: Known, facts: CorrectedFacts): CorrectedField[] =>
  fieldsOf.filter((field) => facts[field] !== undefined && (facts[field] ?? undefined) !== known[field])

const only = (facts: CorrectedFacts, fields: readonly CorrectedField[]): CorrectedFacts =>
  Object.fromEntries(fields.map((field) => [field, facts[field]]))

/** Without the fields that are null. */
const withFacts = <T extends MemberContact & { name?: string | undefined }>(
  known: T,
  facts: CorrectedFacts,
): T => {
  const { name, phone, address } = facts
  const entries = Object.entries({ ...known, ...(name && { name }), ...given({ phone, address }) })
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as T
}

const given = (facts: { phone: string | null | undefined; address: string | null | undefined }) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

const keep = async (
  tx: Tx,
  sealer: Sealer,
  {
    of,
    before,
    fields,
    by,
    reason,
    now,
  }: By & { of: Pick<StoredCorrection, 'requestId' | 'memberId'>; before: Known; fields: CorrectedField[] },
): Promise<void> => {
  const id = newId()
  const stood = Object.fromEntries(fields.flatMap((field) => (before[field] ? [[field, before[field]]] : [])))
  await insertCorrection(tx, {
    ...{ id, ...of, fields, staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null, at: now },
    before: sealer.sealJson(stood, `corrections.before.${id}`),
    reason: sealer.seal(reason, `corrections.reason.${id}`),
  })
}

const audit = (
  tx: Tx,
  { by, now }: Pick<By, 'by' | 'now'>,
  what: { action: 'request.corrected'; requestId: string } | { action: 'family.corrected'; familyId: string },
): Promise<void> =>
  addAudit(tx, { ...what, at: now, staffId: by.staffId ?? null, apiKeyId: by.apiKeyId ?? null })

export type Correction = Pick<StoredCorrection, 'fields' | 'staffId' | 'apiKeyId' | 'at'> & {
  before: Known
  reason: string
}

/** What was corrected of a request or a member, oldest first. The caller audits the access. */
export const correctionsFor = async (
  reader: Reader,
  sealer: Sealer,
  of: { requestId: string } | { memberId: string },
): Promise<Correction[]> =>
  (await correctionsOf(reader, of)).map(({ id, before, reason, fields, staffId, apiKeyId, at }) => ({
    ...{ fields, staffId, apiKeyId, at },
    before: beforeSchema.parse(sealer.openJson(before, `corrections.before.${id}`, {})),
    reason: sealer.open(reason, `corrections.reason.${id}`),
  }))
