import { DomainError } from '#core/errors.ts'
import { sha256 } from '#core/ids.ts'
import { type Address, type Language, languages } from '#core/text.ts'
import { consentIdOf } from '#features/consents/consent-id.ts'
import type { TappedText } from '#features/consents/consent-text.ts'
import type { Consents } from '#features/consents/consent-texts.ts'
import { announce } from '#features/webhooks/announce.ts'
import { addConsent, consentsOf } from '#storage/consents/consents.ts'
import { setConsentWithdrawn } from '#storage/data-requests/restrictions.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { addFamilyEvent, type Family, findFamily, lockFamily } from '#storage/families/families.ts'
import {
  bindMember,
  hasBeenAdultOf,
  type Member,
  memberOfAnyInvite,
  memberOfInvite,
  useFamilyInvite,
} from '#storage/families/family-members.ts'
import { createPerson, type Snapshot } from '#storage/people.ts'
import { staffOfTerritory } from '#storage/staff/staff.ts'
import { visitsFamily } from '#storage/visits/visits.ts'
import { earlierAccount, recordAccountChange } from './account-changes.ts'
import type { FamilyDeps } from './active.ts'
import { joinPapers } from './join-papers.ts'
import { applyPushSafety, bringSafetyFacts, silenceUnsafe } from './push-safety.ts'

type Link = { token: string; who: Snapshot | null; now: Date }

/**
 * Finds the member invited by a link. Throws `invite-invalid` if it is unknown, used, expired, or of a closed
 * family, without telling which; `already-member` if the person is in the family; `staff-of-family` if they
 * support it.
 */
export const openFamilyLink = async (reader: Reader, { token, who, now }: Link): Promise<Member> => {
  const member = await memberOfInvite(reader, sha256(token), now)
  const family = member && (await findFamily(reader, member.familyId))
  if (!member || family?.status !== 'active') throw new DomainError('invite-invalid')
  if (who?.families.some(({ id }) => id === family.id)) throw new DomainError('already-member')
  // A parent who was removed must not come back as the child.
  if (who && member.role === 'minor' && (await hasBeenAdultOf(reader, who.person.id, family.id)))
    throw new DomainError('invite-invalid')
  if (who?.staff && (await isStaffOfFamily(reader, who.staff, family)))
    throw new DomainError('staff-of-family')
  return member
}

/** The family of a link that is the person's own: it has done its work, and leads them in. Null for any other. */
export const familyOfOwnLink = async (
  reader: Reader,
  { token, who }: Pick<Link, 'token' | 'who'>,
): Promise<string | null> => {
  const member = who && (await memberOfAnyInvite(reader, sha256(token)))
  const own = member && who.families.some(({ memberId }) => memberId === member.id)
  return own ? member.familyId : null
}

/** Staff who curate, supervise or visit a family, or could take it over, cannot be its members. */
const isStaffOfFamily = async (
  reader: Reader,
  { id, role, active }: NonNullable<Snapshot['staff']>,
  family: Family,
): Promise<boolean> => {
  if (!active) return false
  if (family.curatorId === id || (await visitsFamily(reader, { staffId: id, familyId: family.id })))
    return true
  return (
    role !== 'curator' &&
    (await staffOfTerritory(reader, family.territory, role)).some((one) => one.id === id)
  )
}

export const addressForRole = ({ role }: Pick<Member, 'role'>): Address =>
  role === 'minor' ? 'minor' : 'adult'

/** Whether the person has agreed to the exact text that this member must agree to, in any language. */
export const hasConsented = async (
  reader: Reader,
  consents: Consents,
  { who, member }: { who: Snapshot | null; member: Pick<Member, 'role'> },
): Promise<boolean> => {
  if (!who) return false
  const texts = languages.map(
    (language) => consents.text('personal-data', language, addressForRole(member)).hash,
  )
  return (await consentsOf(reader, who.person.id)).some(
    ({ kind, withdrawnAt, textHash }) =>
      kind === 'personal-data' && withdrawnAt === null && texts.includes(textHash),
  )
}

type Join = Link & {
  account: string
  language: Language
  /** The text just agreed to; null if the person has consented before. */
  consent: TappedText | null
}

/**
 * Joins a member by their link and stores the consent that permits it. If the member had another account,
 * that account loses access and is told, as is the curator; what is older stays hidden (ADR 38), and so does what the
 * member signed or told without an account (ADR 123). Throws as `openFamilyLink` does.
 */
export const joinFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { account, language, consent, ...link }: Join,
): Promise<Member> => {
  const { token, now } = link
  const { id: memberId, familyId } = await openFamilyLink(tx, link)
  // Lock the family first, as every step does: another order could deadlock.
  const family = await lockFamily(tx, familyId)
  const invited = await openFamilyLink(tx, link)
  if (!family || invited.id !== memberId || !(await useFamilyInvite(tx, sha256(token), now)))
    throw new DomainError('invite-invalid')
  const person = await createPerson(tx, deps.sealer, { account, language, address: addressForRole(invited) })
  await applyPushSafety(tx, deps, { personId: person.id, role: invited.role })
  if (consent) await keepConsent(tx, deps, { personId: person.id, consent, now })
  const oldPersonId = await earlierAccount(tx, invited)
  const taken = oldPersonId !== null && oldPersonId !== person.id
  const member = await bindMember(tx, invited.id, {
    personId: person.id,
    joinedAt: now,
    unconfirmedSince: taken ? now : null,
  })
  await bringSafetyFacts(tx, deps, { member, personId: person.id, now })
  await silenceUnsafe(tx, deps, { member, now })
  await joinPapers(tx, { member, now })
  const kind = taken && oldPersonId !== invited.paperPersonId ? 'account' : 'joined'
  await addFamilyEvent(tx, { familyId, at: now, kind, detail: memberId })
  if (taken) await recordAccountChange(tx, deps, { family, member, oldPersonId, personId: person.id, now })
  const data = { memberId, role: member.role }
  await announce(tx, deps, { type: 'family.member_joined', now, requestId: null, familyId, data })
  return member
}

/** Stores a consent that was just given; once for one `card`. */
export const keepConsent = async (
  tx: Tx,
  deps: Pick<FamilyDeps, 'enqueue'>,
  {
    personId,
    consent,
    card,
    now,
  }: { personId: string; consent: TappedText; card?: string | undefined; now: Date },
): Promise<void> => {
  const { kind, version, hash, language } = consent
  const id = consentIdOf(personId, consent, card)
  if (!(await addConsent(tx, { id, personId, kind, version, textHash: hash, language, givenAt: now }))) return
  if (kind === 'personal-data') await setConsentWithdrawn(tx, personId, null)
  await announce(tx, deps, { type: 'consent.given', now, requestId: null, data: { kind, version } })
}
