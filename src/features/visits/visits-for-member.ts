import { DomainError } from '#core/errors.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { canSee } from '#features/families/audience.ts'
import type { Reader } from '#storage/database.ts'
import type { FamilyMembership, Snapshot } from '#storage/people.ts'
import { type MembersAnswer, membersAnswers } from '#storage/visits/visit-answers.ts'
import { findVisit, type Visit, visitsSince } from '#storage/visits/visits.ts'

// Visits as a member of the family sees them: only those meant for them.

export type VisitForMember = { visit: Visit; member: FamilyMembership }

/** Throws `not-found`, also for a visit of another family or one that is hidden from this member. */
export const visitForMember = async (
  reader: Reader,
  who: Snapshot | null,
  visitId: string,
  find: typeof findVisit = findVisit,
): Promise<VisitForMember> => {
  const visit = await find(reader, visitId)
  if (!visit) throw new DomainError('not-found')
  const member = familyForMember(who, visit.familyId)
  if (!canSee(member, visit)) throw new DomainError('not-found')
  return { visit, member }
}

/**
 * The answers to the current version of a visit that a member may see: the confirmation by anybody, and their
 * own answers.
 */
export type VisibleAnswers = {
  /** Somebody has confirmed it, and nobody has asked for another time since. */
  confirmed: boolean
  /** The member's own answers, newest last. */
  own: readonly MembersAnswer[]
}

export const visibleAnswers = async (
  reader: Reader,
  { visit, personId }: { visit: Visit; personId: string },
): Promise<VisibleAnswers> => {
  const all = await membersAnswers(reader, { familyId: visit.familyId, visitIds: [visit.id] })
  const answers = all.filter(({ version }) => version === visit.version)
  const decided = answers.findLast(({ kind }) => kind === 'confirmed' || kind === 'other-time')
  return {
    confirmed: decided?.kind === 'confirmed',
    own: answers.filter((answer) => answer.personId === personId),
  }
}

const pageSize = 5

export type VisitsForMember = { family: FamilyMembership; visits: Visit[]; page: number; more: boolean }

/**
 * A page of the current and upcoming visits of a member, the next one first. Cancelled ones are included:
 * members without notifications learn of the cancellation here.
 */
export const visitsForMember = async (
  reader: Reader,
  who: Snapshot | null,
  { familyId, page, now }: { familyId: string | undefined; page: number; now: Date },
): Promise<VisitsForMember> => {
  const family = familyForMember(who, familyId)
  const limit = (page + 1) * pageSize + 1
  const seen: Visit[] = []
  // Filter by audience before paging.
  for (let offset = 0; seen.length < limit; offset += limit) {
    const found = await visitsSince(reader, {
      familyId: family.id,
      since: now,
      statuses: ['planned', 'cancelled'],
      limit,
      offset,
    })
    seen.push(...found.filter((visit) => canSee(family, visit)))
    if (found.length < limit) break
  }
  const visits = seen.slice(page * pageSize, (page + 1) * pageSize)
  return { family, visits, page, more: seen.length > (page + 1) * pageSize }
}
