import { DomainError } from '#core/errors.ts'
import type { Address, Language } from '#core/text.ts'
import { openContact, openContent } from '#features/requests/request-content.ts'
import { personWithoutAccount } from '#features/requests/register-appeal.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { findMember, keepPapersOf, type Member } from '#storage/families/family-members.ts'
import { personOf } from '#storage/people.ts'
import { findRequest, type Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'

/** Who signs: an applicant by their request, or a member of a family. */
export type Signer = { requestId: string } | { memberId: string }

export type Giver = {
  /** Null: a member without an account who has signed nothing yet. */
  personId: string | null
  memberId: string | null
  familyId: string | null
  /** Their own request, if they have one: what is printed comes from there, and never from what others said. */
  request: Request | null
  role: 'parent' | 'representative' | 'minor' | 'other-person'
  address: Address
  language: Language
  territory: string
}

/** Throws `not-found`. The caller checks the right. */
export const giverOf = async (reader: Reader, signer: Signer): Promise<Giver> => {
  if ('requestId' in signer) {
    const request = await findRequest(reader, signer.requestId)
    const person = request && (await personOf(reader, request.personId))
    if (!request || !person) throw new DomainError('not-found')
    const { applicant: role, territory } = request
    const address = role === 'minor' ? 'minor' : 'adult'
    const { id: personId, language } = person
    return { personId, memberId: null, familyId: null, request, role, address, language, territory }
  }
  const member = await findMember(reader, signer.memberId)
  const family = member && (await findFamily(reader, member.familyId))
  if (!member || !family) throw new DomainError('not-found')
  const personId = member.personId ?? member.paperPersonId
  const person = personId === null ? null : await personOf(reader, personId)
  const asked = family.requestId === null ? null : await findRequest(reader, family.requestId)
  return {
    ...{ personId, memberId: member.id, familyId: family.id, territory: family.territory, role: member.role },
    request: asked && isTheirs(member, asked) ? asked : null,
    address: member.role === 'minor' ? 'minor' : 'adult',
    language: person?.language ?? 'ru',
  }
}

const isTheirs = (
  { personId, paperPersonId }: Pick<Member, 'personId' | 'paperPersonId'>,
  request: Request,
): boolean => request.personId === personId || request.personId === paperPersonId

/** People under whom a member's consents and papers are kept. */
export const personsOfMember = ({ personId, paperPersonId }: Member): string[] =>
  [personId, paperPersonId].filter((one) => one !== null)

/** The person whose consents are kept; somebody without an account gets one whom no channel reaches. */
export const personOfGiver = async (
  tx: Tx,
  sealer: Sealer,
  { personId, memberId, language, address }: Giver,
): Promise<string> => {
  if (personId !== null) return personId
  const person = await personWithoutAccount(tx, sealer, { minor: address === 'minor', language })
  if (memberId !== null) await keepPapersOf(tx, memberId, person.id)
  return person.id
}

/** What a giver said of themselves in their own request; empty if they have none. The caller audits the access. */
export const saidByGiver = (sealer: Sealer, { request }: Giver) =>
  request ? { ...openContent(sealer, request), ...openContact(sealer, request) } : {}
