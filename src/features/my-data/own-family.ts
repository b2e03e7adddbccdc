import { canSee, type TargetAudience } from '#features/families/audience.ts'
import { memberContactOf } from '#features/families/member-facts.ts'
import { nameOf } from '#features/families/members.ts'
import { allSafetyFacts, type SafetyKind } from '#features/families/safety-facts.ts'
import { openFile } from '#features/messages/message-files.ts'
import { openMessageText } from '#features/messages/thread-lines.ts'
import { opinionText } from '#features/plan/activity-opinions.ts'
import { planForMember } from '#features/plan/plan-for-member.ts'
import { proposalsForMember } from '#features/plan/proposals.ts'
import { answerText } from '#features/visits/visit-answers.ts'
import { openVisitContent } from '#features/visits/visit-content.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { findMember } from '#storage/families/family-members.ts'
import { opinionsOfPerson, threadOf, visitAnswersOfPerson } from '#storage/my-data/own-rows.ts'
import type { FamilyMembership, Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { visitsSince } from '#storage/visits/visits.ts'
import type { OwnLine } from './own-requests.ts'
import { type OwnSurvey, ownSurveys } from './own-surveys.ts'

/** What one member has of a family: their own words, and what the centre arranged as far as it is for them. */
export type OwnFamily = {
  number: number
  role: string
  name: string | null
  phone: string | null
  address: string | null
  joinedAt: Date | null
  /** Since when, if what is older is hidden from an account that came later and is not confirmed. */
  onlySince: Date | null
  messages: OwnLine[]
  visits: { startsAt: Date; status: string; purpose: string; place: string | null; note: string | null }[]
  plan: { from: string; until: string; activities: string[] } | null
  opinions: { at: Date; kind: string; text: string | null }[]
  visitAnswers: { at: Date; visit: Date; kind: string; text: string | null }[]
  proposals: { at: Date; text: string }[]
  surveys: OwnSurvey[]
  safety: { kind: SafetyKind; since: Date; until: Date | null }[]
}

type Deps = { sealer: Sealer; region: Region }
type Of = { who: Snapshot; family: FamilyMembership; now: Date }

export const ownFamily = async (reader: Reader, deps: Deps, { who, family }: Of): Promise<OwnFamily> => {
  const { sealer } = deps
  const { id: familyId, memberId } = family
  const own = { personId: who.person.id, familyId }
  const member = await findMember(reader, memberId)
  const since = member?.unconfirmedSince ?? null
  const fresh = ({ at }: { at: Date }) => since === null || at >= since
  const known = member && since === null ? member : null
  const contact = known ? memberContactOf(sealer, known) : {}
  return {
    number: family.number,
    role: family.role,
    name: known && nameOf(sealer, known),
    phone: contact.phone ?? null,
    address: contact.address ?? null,
    joinedAt: member?.joinedAt ?? null,
    onlySince: since,
    messages: (await threadOf(reader, { memberId, since })).map((message) => ({
      at: message.at,
      by: message.author === 'member' ? 'me' : 'centre',
      text: openMessageText(sealer, message) ?? '',
      file: fileName(openFile(sealer, message)),
    })),
    visits: await visitsOf(reader, sealer, family, since),
    plan: await planOf(reader, sealer, family),
    opinions: (await opinionsOfPerson(reader, own))
      .filter(fresh)
      .map((opinion) => ({ at: opinion.at, kind: opinion.kind, text: opinionText(sealer, opinion) })),
    visitAnswers: (await visitAnswersOfPerson(reader, own)).filter(fresh).map((answer) => ({
      at: answer.at,
      visit: answer.startsAt,
      kind: answer.kind,
      text: answerText(sealer, answer),
    })),
    proposals: (await proposalsForMember(reader, sealer, { who, familyId })).proposals
      .filter(fresh)
      .map(({ at, text }) => ({ at, text })),
    surveys: await ownSurveys(reader, sealer, { who, familyId }),
    safety: known
      ? (await allSafetyFacts(reader, { sealer }, familyId))
          .filter((fact) => fact.memberId === memberId)
          .map(({ kind, since: from, until }) => ({ kind, since: from, until }))
      : [],
  }
}

const fileName = (file: { name: string | null; kind: string } | null): string | null =>
  file && (file.name ?? file.kind)

const mostVisits = 2000
const earliest = new Date(0)

/** Visits that this member may see, the first one first. */
const visitsOf = async (
  reader: Reader,
  sealer: Sealer,
  family: FamilyMembership,
  since: Date | null,
): Promise<OwnFamily['visits']> => {
  const all = await visitsSince(reader, { familyId: family.id, since: since ?? earliest, limit: mostVisits })
  return all.filter(seenBy(family)).map((visit) => {
    const { place, note } = openVisitContent(sealer, visit)
    return { startsAt: visit.startsAt, status: visit.status, purpose: visit.purpose, place, note }
  })
}

const seenBy = (family: FamilyMembership) => (target: TargetAudience) => canSee(family, target)

const planOf = async (
  reader: Reader,
  sealer: Sealer,
  family: FamilyMembership,
): Promise<OwnFamily['plan']> => {
  const plan = await planForMember(reader, sealer, family)
  if (!plan) return null
  const { from, until, activities } = plan.document
  return { from, until, activities: activities.map(({ plain }) => plain) }
}
