import { DomainError } from '#core/errors.ts'
import type { Address, Language } from '#core/text.ts'
import { openContact, openContent } from '#features/requests/request-content.ts'
import { personWithoutAccount } from '#features/requests/register-appeal.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { findFamily } from '#storage/families/families.ts'
import { findMember, keepPapersOf, type Member } from '#storage/families/family-members.ts'
import { requestsOfPerson } from '#storage/my-data/own-rows.ts'
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
  // Papers stay together, whoever's the account is; nobody signs as an account that staff have not confirmed.
  const account = member.unconfirmedSince === null ? member.personId : null
  const personId = member.paperPersonId ?? account
  const speaks = account ?? personId
  const person = speaks === null ? null : await personOf(reader, speaks)
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

/** Somebody who prints their own paper: by what they asked for themselves last; null if that is nothing. */
export const giverOfOwn = async (reader: Reader, personId: string): Promise<Giver | null> => {
  const own = (await requestsOfPerson(reader, personId)).findLast(
    ({ applicant, withdrawnAt }) => applicant !== 'other-person' && withdrawnAt === null,
  )
  return own ? giverOf(reader, { requestId: own.id }) : null
}

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
