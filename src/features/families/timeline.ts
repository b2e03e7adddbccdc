import type { FamilyDeps } from '#features/families/active.ts'
import { hiddenSince } from '#features/messages/talk-apart.ts'
import type { Staff } from '#features/requests/cases.ts'
import { familyForVisitStaff } from '#features/visits/visits-for-staff.ts'
import { type CaseEventKind, caseEventKinds } from '#regions/case-rules.ts'
import { caseEventsOf, inForce } from '#storage/cases/case-events.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type DocumentEvent, documentDatesOf } from '#storage/families/case-documents.ts'
import { type Family, type FamilyEventKind, familyEventsOf } from '#storage/families/families.ts'
import { type MemberRole, membersOf } from '#storage/families/family-members.ts'
import { messagesOf } from '#storage/messages/messages.ts'
import { talksApartOf } from '#storage/messages/talks-apart.ts'
import { type OpinionKind, opinionsOf } from '#storage/plan/activities-opinions.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { namesOfStaff } from '#storage/staff/staff.ts'
import { invitationsOfFamily } from '#storage/surveys/survey-invitations.ts'
import { listVisits } from '#storage/visits/visit-lists.ts'
import type { VisitStatus } from '#storage/visits/visits.ts'
import { allSafetyFacts, auditSafety, type SafetyKind } from './safety-facts.ts'

// One timeline of all that happened with a family: what it was and when, by role. The words themselves are one page further, where
// opening them is audited.

type What =
  | { what: 'family'; kind: FamilyEventKind; detail: string | null }
  | { what: 'case'; kind: CaseEventKind }
  | { what: 'visit'; id: string; status: VisitStatus; purpose: string }
  | { what: 'message'; memberId: string; role: MemberRole | null; by: string | null }
  | { what: 'survey'; code: string; version: number; role: MemberRole | null }
  | { what: 'opinion'; kind: OpinionKind; role: MemberRole | null }
  | { what: 'document'; code: string; event: DocumentEvent }
  | { what: 'safety'; kind: SafetyKind; role: MemberRole }

/** `wholeDay`: nobody knows the hour. */
export type TimelineEntry = What & { at: Date; wholeDay: boolean }

export type Timeline = {
  family: Family
  /** Newest first. */
  entries: TimelineEntry[]
  /** Where the next page begins; null: there is no older one. */
  before: Date | null
}

/** No family has more of one kind since a moment that anybody would read through. */
const most = 1000

/**
 * A page of the timeline, for whoever is in charge of the family; audited. Messages that are kept from the reader are left out, as are
 * wishes for another curator. Throws `not-found`.
 */
export const timelineForStaff = async (
  tx: Tx,
  deps: Pick<FamilyDeps, 'sealer' | 'region'>,
  {
    staff,
    familyId,
    now,
    before = null,
    limit,
  }: { staff: Staff; familyId: string; now: Date; before?: Date | null; limit: number },
): Promise<Timeline> => {
  const family = await familyForVisitStaff(tx, staff, familyId, now)
  await addAudit(tx, { at: now, action: 'family.details', familyId, staffId: staff.id })
  const all = [
    ...(await ofCase(tx, deps, familyId)),
    ...(await ofPeople(tx, deps, { familyId, staff, before })),
  ]
  if (all.some(({ what }) => what === 'safety'))
    await auditSafety(tx, { familyId, by: { staffId: staff.id }, now }, 'family.safety')
  const older = all
    .filter(({ at }) => before === null || at < before)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
  const entries = older.slice(0, limit)
  // What happened at the same moment stays on one page.
  const last = entries.at(-1)?.at
  const same = last ? older.slice(limit).filter(({ at }) => at.getTime() === last.getTime()) : []
  return {
    family,
    entries: [...entries, ...same],
    before: older.length > entries.length + same.length ? (last ?? null) : null,
  }
}

/** Before any other id: of the same moment nothing is older. */
const nil = '00000000-0000-0000-0000-000000000000'

/** Nine o'clock in UTC is that day in every zone of the regions. */
const onDay = (day: string) => ({ at: new Date(`${day}T09:00:00Z`), wholeDay: true })
const atMoment = (at: Date) => ({ at, wholeDay: false })

const ofCase = async (
  reader: Reader,
  { region }: Pick<FamilyDeps, 'region'>,
  familyId: string,
): Promise<TimelineEntry[]> => {
  const curators = new Map<string, string>()
  const events = await familyEventsOf(reader, familyId)
  const named = events.flatMap(({ kind, detail }) => (kind === 'curator' && detail ? [detail] : []))
  for (const [id, name] of await namesOfStaff(reader, named)) curators.set(id, name)
  const recorded = inForce(await caseEventsOf(reader, familyId)).flatMap(({ kind: given, day, implied }) => {
    const kind = caseEventKinds.find((one) => one === given)
    return kind && region.caseRules.events[kind] && !implied
      ? [{ what: 'case' as const, kind, ...onDay(day) }]
      : []
  })
  const dates = await documentDatesOf(reader, familyId)
  const corrected = new Set(dates.map(({ correctsId }) => correctsId))
  return [
    ...events.map(({ at, kind, detail }) => ({
      ...{ what: 'family' as const, kind, ...atMoment(at) },
      detail: kind === 'curator' ? (curators.get(detail ?? '') ?? null) : detail,
    })),
    ...recorded,
    ...dates.flatMap(({ id, code, event, on }) =>
      on === null || corrected.has(id) ? [] : [{ what: 'document' as const, code, event, ...onDay(on) }],
    ),
  ]
}

const ofPeople = async (
  reader: Reader,
  { sealer }: Pick<FamilyDeps, 'sealer'>,
  { familyId, staff, before }: { familyId: string; staff: Staff; before: Date | null },
): Promise<TimelineEntry[]> => {
  const members = await membersOf(reader, familyId)
  const roles = new Map(members.map(({ id, role }) => [id, role]))
  const persons = new Map(members.map(({ personId, role }) => [personId, role]))
  const visits = await listVisits(reader, { familyId, until: before ?? undefined }, { limit: most })
  const place = before === null ? {} : { before: { at: before, id: nil } }
  const said = await messagesOf(reader, { familyId }, { limit: most, ...place })
  const talks = await talksApartOf(reader, [...new Set(said.map(({ memberId }) => memberId))])
  const shown = said.filter(({ memberId, at, staffId }) => {
    const since = hiddenSince(talks.get(memberId), staff.id)
    return since === null || at < since || staffId === staff.id
  })
  const authors = await namesOfStaff(reader, [...new Set(shown.flatMap(({ staffId }) => staffId ?? []))])
  const surveys = await invitationsOfFamily(reader, familyId, most)
  return [
    ...visits.map(({ id, status, purpose, startsAt }) => ({
      ...{ what: 'visit' as const, id, status, purpose, ...atMoment(startsAt) },
    })),
    ...shown.map(({ memberId, author, staffId, at }) => ({
      ...{ what: 'message' as const, memberId, role: roles.get(memberId) ?? null, ...atMoment(at) },
      by: author === 'member' ? null : (authors.get(staffId ?? '') ?? ''),
    })),
    ...surveys.flatMap(({ surveyCode, version, memberId, invitedAt }) =>
      invitedAt === null
        ? []
        : [
            {
              ...{ what: 'survey' as const, code: surveyCode, version, ...atMoment(invitedAt) },
              role: roles.get(memberId) ?? null,
            },
          ],
    ),
    ...(await opinionsOf(reader, { familyId })).map(({ kind, personId, at }) => ({
      ...{ what: 'opinion' as const, kind, role: persons.get(personId) ?? null, ...atMoment(at) },
    })),
    ...(await allSafetyFacts(reader, { sealer }, familyId)).map(({ kind, role, since }) => ({
      ...{ what: 'safety' as const, kind, role, ...atMoment(since) },
    })),
  ]
}
