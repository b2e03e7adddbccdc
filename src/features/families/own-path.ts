import { DomainError } from '#core/errors.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { type Family, familyEventsOf, findFamily } from '#storage/families.ts'
import type { OwnFamily } from '#storage/people.ts'
import { findRequest } from '#storage/requests.ts'
import { findStaff, type StaffRole } from '#storage/staff.ts'
import { type Path, pathOf, stagesAmong } from './path.ts'

export type FamilyPath = {
  family: Family
  /** Who is responsible; null: nobody is named yet. */
  curator: { name: string; role: StaffRole } | null
  path: Path
}

/** The way of a family as one of its members may see it. Throws `not-found`. */
export const familyPath = async (
  reader: Reader,
  { region, own, now }: { region: Region; own: OwnFamily; now: Date },
): Promise<FamilyPath> => {
  const family = await findFamily(reader, own.id)
  if (!family) throw new DomainError('not-found')
  const curator = family.curatorId === null ? null : await findStaff(reader, family.curatorId)
  const { stage, appliedAt, status } = family
  const began = stagesAmong(await familyEventsOf(reader, family.id))
  const path = pathOf(region, { stage, appliedAt, began, closed: status === 'closed' }, now)
  return {
    family,
    curator: curator && { name: curator.name, role: curator.role },
    path: (await mustHideBefore(reader, { family, own })) ? hiddenBefore(path, family.createdAt) : path,
  }
}

/** When a minor asked, and what came of it until there was a family, is the minor's alone. */
const mustHideBefore = async (
  reader: Reader,
  { family, own }: { family: Family; own: OwnFamily },
): Promise<boolean> => {
  if (family.requestId === null || own.role === 'minor') return false
  return (await findRequest(reader, family.requestId))?.applicant === 'minor'
}

const hiddenBefore = ({ stages, deadline }: Path, date: Date): Path => ({
  deadline,
  stages: stages.map((stage) => {
    if (stage.state === 'done' && stage.at && stage.at < date) return { ...stage, at: null }
    return stage.state === 'now' && stage.since && stage.since < date ? { ...stage, since: null } : stage
  }),
})
