import { DomainError } from '#core/errors.ts'
import { newId, newToken, sha256 } from '#core/ids.ts'
import type { Language } from '#core/text.ts'
import { announce } from '#features/events/announce.ts'
import type { Enqueue } from '#jobs/queues.ts'
import type { ConsentKind } from '#storage/consents.ts'
import { addConsent, consentsOf } from '#storage/consents.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addFamilyEvent, type Family, findFamily } from '#storage/families.ts'
import {
  addFamilyInvite,
  bindMember,
  findMember,
  insertMember,
  type Member,
  type MemberRole,
  memberOfInvite,
  removeMember,
  useFamilyInvite,
} from '#storage/family-members.ts'
import { createPerson, type Snapshot } from '#storage/people.ts'
import { hidePushes } from '#storage/push-settings.ts'
import type { Sealer } from '#storage/seal.ts'
import { mustBeActive } from './steps.ts'

export type By = { staffId?: string | undefined; apiKeyId?: string | undefined }
type Deps = { sealer: Sealer; enqueue: Enqueue }

/** How long a link waits to be used. */
const validForMs = 14 * 24 * 60 * 60 * 1000

export const nameOf = (sealer: Sealer, { id, name }: Pick<Member, 'id' | 'name'>): string =>
  sealer.open(name, `family_members.name.${id}`)

/** Keeps somebody of a family, who has no account until they join. Throws `already-closed`. */
export const addMember = async (
  tx: Tx,
  { sealer }: Pick<Deps, 'sealer'>,
  { family, role, name, now }: { family: Family; role: MemberRole; name: string; now: Date },
): Promise<Member> => {
  mustBeActive(family)
  const id = newId()
  return insertMember(tx, {
    id,
    familyId: family.id,
    role,
    name: sealer.seal(name, `family_members.name.${id}`),
    addedAt: now,
  })
}

export type MemberLink = { member: Member; link: string; expiresAt: Date }

/**
 * The one-time link (128 bits, 14 days) by which a member joins, or comes back from another account. Of several the
 * last one works. Throws `not-found` for a member who is not of this family, or not there, `already-closed` where
 * support is over.
 */
export const inviteToFamily = async (
  tx: Tx,
  { botUsername, now }: { botUsername: string; now: Date },
  { family, memberId }: { family: Family; memberId: string },
): Promise<MemberLink> => {
  const member = await findMember(tx, memberId)
  if (member?.familyId !== family.id) throw new DomainError('not-found')
  mustBeActive(family)
  const token = newToken()
  const expiresAt = new Date(now.getTime() + validForMs)
  await addFamilyInvite(tx, { memberId, tokenHash: sha256(token), expiresAt })
  return { member, link: `https://t.me/${botUsername}?start=f_${token}`, expiresAt }
}

/** Whose link it is. Throws `invite-invalid` for one that is unknown, used, expired, or of a closed family: all look alike. */
export const openFamilyLink = async (reader: Reader, token: string, now: Date): Promise<Member> => {
  const member = await memberOfInvite(reader, sha256(token), now)
  const family = member && (await findFamily(reader, member.familyId))
  if (!member || family?.status !== 'active') throw new DomainError('invite-invalid')
  return member
}

/** Whether the person has consented to the processing of their data already. */
export const hasConsented = async (reader: Reader, who: Snapshot | null): Promise<boolean> =>
  who !== null &&
  (await consentsOf(reader, who.person.id)).some(
    ({ kind, withdrawnAt }) => kind === 'personal-data' && withdrawnAt === null,
  )

type Join = {
  token: string
  account: string
  language: Language
  /** The text that was agreed to just now; null: the person has consented before. */
  consent: { kind: ConsentKind; version: string; hash: string; language: Language } | null
  now: Date
}

/**
 * Joins a member by their link, with the consent that allows it to be kept. A member who had another account loses it:
 * what it saw, it sees no more. Throws `invite-invalid`, `already-open` for somebody who is in the family already.
 */
export const joinFamily = async (
  tx: Tx,
  { enqueue }: Pick<Deps, 'enqueue'>,
  { token, account, language, consent, now }: Join,
): Promise<Member> => {
  const invited = await openFamilyLink(tx, token, now)
  if (!(await useFamilyInvite(tx, sha256(token), now))) throw new DomainError('invite-invalid')
  const address = invited.role === 'minor' ? 'minor' : 'adult'
  const person = await createPerson(tx, { account, language, address })
  // A child's phone is looked into: nothing is said there unless they wish it.
  if (address === 'minor') await hidePushes(tx, person.id)
  const { familyId } = invited
  if (consent) {
    const { kind, version, hash } = consent
    await addConsent(tx, {
      personId: person.id,
      kind,
      version,
      textHash: hash,
      language: consent.language,
      givenAt: now,
    })
    await announce(tx, { enqueue }, { type: 'consent.given', now, requestId: null, data: { kind, version } })
  }
  const member = await bindMember(tx, invited.id, person.id, now)
  const kind = invited.personId === null ? 'joined' : 'account'
  await addFamilyEvent(tx, { familyId, at: now, kind, detail: member.id })
  const data = { memberId: member.id, role: member.role }
  await announce(tx, { enqueue }, { type: 'family.member_joined', now, requestId: null, familyId, data })
  return member
}

/** Ends a member's access at once. Throws `not-found` for one who is not of this family, or not there any more. */
export const endMembership = async (
  tx: Tx,
  { enqueue }: Pick<Deps, 'enqueue'>,
  { family, memberId, by, now }: { family: Family; memberId: string; by: By; now: Date },
): Promise<void> => {
  const member = await findMember(tx, memberId)
  if (member?.familyId !== family.id || !(await removeMember(tx, memberId, now)))
    throw new DomainError('not-found')
  await addFamilyEvent(tx, { familyId: family.id, at: now, kind: 'removed', detail: memberId, ...by })
  const data = { memberId, role: member.role }
  await announce(
    tx,
    { enqueue },
    { type: 'family.member_removed', now, requestId: null, familyId: family.id, data },
  )
}
