import type { Address, Language } from '#core/text.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { holdsOn, knownNeeds } from '#features/needs/case-needs.ts'
import type { Region } from '#regions/schema.ts'
import { type SpecialKind, specialKindsOf } from '#regions/special-categories.ts'
import { type Consent, consentsOfAll } from '#storage/consents/consents.ts'
import { representativeChecksOf } from '#storage/consents/papers.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { type Member, membersOf, type MemberRole, personsOfMember } from '#storage/families/family-members.ts'
import { personOf } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { addFirstNeeds } from '#storage/staff/audit.ts'
import { type Unanswered, unansweredOf } from './ask-again.ts'
import type { Consents } from './consent-texts.ts'
import { specialGrounds } from './special-grounds.ts'

/** What staff should bring to the next visit. Nothing of it holds up help, and nobody of the family is shown it. */
export type PapersMissing = {
  /** Kinds that are known of the family, need a signature and have none: «Нужна подпись». */
  signature: SpecialKind[]
  /** Representatives whose authority nobody has checked. */
  authority: number
  /** Who has not answered a new text, by role, the first to end first. */
  unanswered: (Unanswered & { memberId: string; role: MemberRole })[]
}

type Deps = { sealer: Sealer; region: Region; consents: Pick<Consents, 'text'> }

/**
 * For whoever has just been allowed to open the family's card. Categories are opened only where no signature is on record; that something
 * special is among them is audited as a look at them, once a day.
 */
export const papersMissing = async (
  reader: Reader,
  deps: Deps,
  { family, by, now }: { family: Family; by: { staffId?: string; apiKeyId?: string }; now: Date },
): Promise<PapersMissing> => {
  const members = await membersOf(reader, family.id)
  const given = await consentsOfAll(reader, members.flatMap(personsOfMember))
  const signature = family.status === 'active' ? await unsigned(reader, deps, { family, given, now }) : []
  if (signature.length > 0) await addFirstNeeds(reader, { familyIds: [family.id], now, ...by })
  return {
    signature,
    authority: await uncheckedOf(reader, members),
    unanswered: await unansweredIn(reader, deps, { members, given, now }),
  }
}

const unsigned = async (
  reader: Reader,
  { sealer, region }: Deps,
  { family, given, now }: { family: Family; given: readonly Consent[]; now: Date },
): Promise<SpecialKind[]> => {
  if (given.some(isSignedForSpecial)) return []
  const today = dayAt(now, region.timeZone).toString()
  const { needs } = await knownNeeds(reader, { sealer }, family.id)
  const codes = needs.filter((need) => holdsOn(need, today)).map(({ code }) => code)
  return specialKindsOf(region, codes).filter((kind) => specialGrounds[kind].written)
}

/** A signature of an adult, or of a minor, of the family. */
export const isSignedForSpecial = ({ kind, withdrawnAt }: Pick<Consent, 'kind' | 'withdrawnAt'>): boolean =>
  kind === 'special-categories' && withdrawnAt === null

/** A parent stands in the birth certificate that the centre sees anyway; by what somebody else represents a child has to be shown. */
const needsAuthority = ({ role }: Pick<Member, 'role'>): boolean => role === 'representative'

const uncheckedOf = async (reader: Reader, members: readonly Member[]): Promise<number> => {
  const asked = members.filter(needsAuthority)
  if (asked.length === 0) return 0
  const checks = await representativeChecksOf(reader, asked.flatMap(personsOfMember))
  const checked = new Set(checks.map(({ personId }) => personId))
  return asked.filter((member) => !personsOfMember(member).some((id) => checked.has(id))).length
}

const unansweredIn = async (
  reader: Reader,
  { consents, region }: Deps,
  { members, given, now }: { members: readonly Member[]; given: readonly Consent[]; now: Date },
): Promise<PapersMissing['unanswered']> => {
  const found: PapersMissing['unanswered'] = []
  for (const member of members) {
    const persons = personsOfMember(member)
    const theirs = given.filter(({ personId }) => persons.includes(personId))
    if (theirs.length === 0) continue
    const address: Address = member.role === 'minor' ? 'minor' : 'adult'
    const asked = { given: theirs, language: await languageOf(reader, persons), address, now }
    const unanswered = await unansweredOf(reader, { consents, calendar: region }, asked)
    if (unanswered) found.push({ ...unanswered, memberId: member.id, role: member.role })
  }
  return found.toSorted((a, b) => a.until.localeCompare(b.until))
}

const languageOf = async (reader: Reader, [personId]: readonly string[]): Promise<Language> =>
  (personId === undefined ? null : await personOf(reader, personId))?.language ?? 'ru'
