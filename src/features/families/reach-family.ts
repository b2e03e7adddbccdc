import { DomainError } from '#core/errors.ts'
import { blockableOf, blockOfMember, closedTo, mustNotBeBlocked } from '#features/data-requests/blocks.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'
import type { Staff } from '#features/requests/cases.ts'
import { isDangerOpen } from '#features/requests/danger-first.ts'
import { type RequestLine, requestLines } from '#features/requests/conversation.ts'
import {
  answeredQuestions,
  type Contact,
  type Content,
  type ContentQuestion,
  openContact,
  openContent,
} from '#features/requests/request-content.ts'
import { openVisitContent } from '#features/visits/visit-content.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { type MemberRole, membersOf } from '#storage/families/family-members.ts'
import { eventsOf } from '#storage/requests/request-events.ts'
import { findRequest, type Request } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findVisit, type Visit, visitsSince } from '#storage/visits/visits.ts'
import { type FamilyRight, staffRights } from './family-access.ts'
import { type MemberContact, memberContactOf } from './member-facts.ts'
import { shownName } from './members.ts'
import { lookAtSafety, type SafetyFact } from './safety-facts.ts'

// How to reach a family, and what it said about itself at first, for whoever has to act. Every access is audited.

type Acting = { staff: Staff | null | undefined; now: Date }
/** The family, or the visit that the reader makes. */
export type ReachOf = { familyId: string } | { visitId: string }

export type Reach = {
  family: Family
  /** What was said with the request; null for a family that came without one. */
  intake: { request: Request; contact: Contact } | null
  /** Where the nearest visit is, if not at home. */
  place: string | null
  safety: SafetyFact[]
  /** What staff have written down of its members; only of those of whom something is. */
  noted: { role: MemberRole; called: string; reached: MemberContact }[]
  /** Who can be written to in the bot; empty if the reader may not. */
  members: { id: string; role: MemberRole; called: string }[]
}

/** Phone, hours, safety and whom to write to. Throws `not-found`. */
export const reachFamily = async (
  tx: Tx,
  sealer: Sealer,
  { of, ...by }: Acting & { of: ReachOf },
): Promise<Reach> => {
  const { family, rights } = await familyToReach(tx, { of, ...by })
  const { staff, now } = by
  const whose = { staffId: staff?.id ?? null, familyId: family.id, at: now }
  const request = family.requestId === null ? null : await findRequest(tx, family.requestId)
  if (request) await addAudit(tx, { ...whose, action: 'request.contact', requestId: request.id })
  await addAudit(tx, { ...whose, action: 'family.details' })
  const all = await membersOf(tx, family.id)
  const members = rights.has('conversations') ? all : []
  const people = [...all.flatMap(blockableOf), request?.personId ?? null]
  const closed = await closedTo(tx, { personIds: people, by: { staffId: staff?.id }, now })
  const noted = all.map((member) => ({
    ...{ role: member.role, called: shownName(sealer, closed, member) },
    reached: blockOfMember(closed, member) ? {} : memberContactOf(sealer, member),
  }))
  const told = request && (!closed.has(request.personId) || isDangerOpen(request)) ? request : null
  return {
    family,
    intake: told && { request: told, contact: openContact(sealer, told) },
    place: await nearestPlace(tx, sealer, family.id, now),
    noted: noted.filter(({ reached }) => Object.keys(reached).length > 0),
    safety: await lookAtSafety(tx, { sealer }, { familyId: family.id, by: { staffId: staff?.id }, now }),
    members: members
      .filter(({ personId }) => personId !== null)
      .map((member) => ({ id: member.id, role: member.role, called: shownName(sealer, closed, member) })),
  }
}

/** Whether the reader may be shown how to reach the family. */
export const mayReach = async (
  reader: Reader,
  staff: Parameters<typeof staffRights>[1],
  family: Parameters<typeof staffRights>[2],
  now: Date,
): Promise<boolean> => (await staffRights(reader, staff, family, { now })).has('contact')

/** The same for the family of a visit. */
export const mayReachBy = async (reader: Reader, asked: Acting & { of: ReachOf }): Promise<boolean> => {
  try {
    await familyToReach(reader, asked)
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return false
    throw error
  }
}

const day = 24 * 60 * 60 * 1000

/** Until a day after it was to end: whoever comes late, or was not let in, calls. */
const isTheirs = ({ status, endsAt }: Visit, now: Date): boolean =>
  status !== 'cancelled' && now.getTime() < endsAt.getTime() + day

const familyToReach = async (
  reader: Reader,
  { of, staff, now }: Acting & { of: ReachOf },
): Promise<{ family: Family; rights: ReadonlySet<FamilyRight> }> => {
  const visit = 'visitId' in of ? await findVisit(reader, of.visitId) : null
  const familyId = 'familyId' in of ? of.familyId : visit?.familyId
  const family = familyId === undefined ? null : await findFamily(reader, familyId)
  if (!family) throw new DomainError('not-found')
  const visitor = visit && isTheirs(visit, now) ? { visitorId: visit.staffId } : {}
  const rights = await staffRights(reader, staff, family, { now, ...visitor })
  if (!rights.has('contact')) throw new DomainError('not-found')
  return { family, rights }
}

const nearestPlace = async (
  reader: Reader,
  sealer: Sealer,
  familyId: string,
  now: Date,
): Promise<string | null> => {
  const since = new Date(now.getTime() - day)
  const wanted = { familyId, since, statuses: ['planned'] as const, limit: 1 }
  const [visit] = await visitsSince(reader, wanted)
  return visit && visit.audience !== 'confidential' ? openVisitContent(sealer, visit).place : null
}

export type FamilyIntake = {
  family: Family
  request: Request
  content: Content
  asked: ContentQuestion[]
  lines: RequestLine[]
}

/**
 * What the family answered and told when it asked for help, for its curator and the supervisors. Throws `not-found`, also if it
 * came without a request; `data-blocked`.
 */
export const familyIntake = async (
  tx: Tx,
  sealer: Sealer,
  { staff, familyId, now }: Acting & { familyId: string },
): Promise<FamilyIntake> => {
  const family = await familyWithIntake(tx, { staff, familyId, now })
  const request = await findRequest(tx, family.requestId)
  if (!request) throw new DomainError('not-found')
  const by = { staffId: staff?.id }
  await mustNotBeBlocked(tx, { of: request, by, now, danger: isDangerOpen(request) })
  const whose = { staffId: staff?.id ?? null, familyId, requestId: request.id, at: now }
  await addAudit(tx, { ...whose, action: 'request.details' })
  const content = openContent(sealer, request)
  const lines = requestLines(sealer, await eventsOf(tx, request.id), staff?.id)
  return { family, request, content, asked: answeredQuestions(content), lines }
}

/** The family, if the reader may read what it told at first. Throws as `familyIntake` does. */
export const familyWithIntake = async (
  reader: Reader,
  { staff, familyId, now }: Acting & { familyId: string },
): Promise<Family & { requestId: string }> => {
  const family = await findFamily(reader, familyId)
  if (!family || !(await staffRights(reader, staff, family, { now })).has('charge'))
    throw new DomainError('not-found')
  const { requestId } = family
  if (requestId === null) throw new DomainError('not-found')
  return { ...family, requestId }
}

/** A file of the story, by its place, or of a note. Throws `not-found`. */
export const intakeFile = async (
  tx: Tx,
  sealer: Sealer,
  { which, ...of }: Acting & { familyId: string; which: { story: number } | { note: string } },
): Promise<AttachedFile> => {
  const { content, lines } = await familyIntake(tx, sealer, of)
  const file =
    'story' in which ? content.ownFiles?.[which.story] : lines.find(({ id }) => id === which.note)?.file
  if (!file) throw new DomainError('not-found')
  return file
}
