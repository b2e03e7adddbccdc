import { DomainError } from '#core/errors.ts'
import type { Region } from '#regions/schema.ts'
import { termsOf } from '#storage/cases/case-terms.ts'
import type { Reader } from '#storage/database.ts'
import { type Family, familyEventsOf, findFamily } from '#storage/families/families.ts'
import type { FamilyMembership } from '#storage/people.ts'
import { appliedAtAsOwn } from '#storage/requests/duplicates.ts'
import { findRequest } from '#storage/requests/requests.ts'
import { findStaff, type StaffRole } from '#storage/staff/staff.ts'
import { availableCurator } from './curator.ts'
import { type Path, pathOf, stageStartsOf } from './path.ts'

export type FamilyPath = {
  family: Family
  /** The responsible staff member; null if there is none yet, or they have left. `away`: others read meanwhile. */
  curator: { name: string; role: StaffRole; away: boolean } | null
  path: Path
}

/** A family's path as one of its members may see it. Throws `not-found`. */
export const pathForMember = async (
  reader: Reader,
  { region, own, personId, now }: { region: Region; own: FamilyMembership; personId: string; now: Date },
): Promise<FamilyPath> => {
  const family = await findFamily(reader, own.id)
  if (!family) throw new DomainError('not-found')
  const holder = family.curatorId === null ? null : await findStaff(reader, family.curatorId)
  const curator = holder?.active ? holder : null
  const away = curator !== null && (await availableCurator(reader, family, now)) === null
  const { stage, status } = family
  const began = stageStartsOf(await familyEventsOf(reader, family.id))
  const request = family.requestId === null ? null : await findRequest(reader, family.requestId)
  // Only the applicant may see the dates before the family was created.
  const toldFrom = family.requestId === null || request?.personId === personId ? undefined : family.createdAt
  // That somebody else had applied before is not theirs to know (ADR 98).
  const earlier = request !== null && family.appliedAt < request.submittedAt
  const appliedAt = earlier ? await appliedAtAsOwn(reader, request) : family.appliedAt
  const terms = status === 'closed' ? [] : await termsOf(reader, family.id)
  return {
    family,
    curator: curator && { name: curator.name, role: curator.role, away },
    path: pathOf(region, { stage, appliedAt, began, closed: status === 'closed', toldFrom, terms }, now),
  }
}
