import { fallbackGroup } from '#features/routing/candidate-groups.ts'
import type { Region } from '#regions/schema.ts'
import { absentAt } from '#storage/staff/absences.ts'
import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import {
  findStaff,
  type JoinedMember,
  joinedStaff,
  type StaffMember,
  staffOfTerritory,
} from '#storage/staff/staff.ts'
import { findRescue } from '#storage/surveys/survey-rescues.ts'
import { findVisit } from '#storage/visits/visits.ts'
import type { FamilyCard } from '#queue/family-cards.ts'
import { availableCurator } from './curator.ts'

type Circle = 'curator' | 'supervisors'

/** The curator, or whoever stands in for one; the supervisors; or both. */
const circlesOf: Record<FamilyCard, readonly Circle[]> = {
  'visit-answer': ['curator'],
  'code-refused': ['supervisors'],
  'activity-question': ['curator'],
  'activity-mismatch': ['supervisors'],
  message: ['curator'],
  'message-alarming': ['curator', 'supervisors'],
  unreachable: ['curator'],
  account: ['curator'],
  'survey-low-score': ['supervisors'],
}

export type CardSubject = {
  family: Pick<Family, 'territory' | 'curatorId'>
  kind: FamilyCard
  /** The visit, activity or member that it is about: an id. */
  subjectId?: string | undefined
  now: Date
}

/**
 * Who reads a card now: of each circle those who are there and can be written to, and where none is, whoever stands in
 * for them; those in `without` are none of them. Whoever a card says did not say the door code reads it only where
 * there is nobody else.
 */
export const cardReaders = async (
  reader: Reader,
  region: Region,
  about: CardSubject,
  without: readonly string[] = [],
): Promise<JoinedMember[]> => {
  const { kind, subjectId } = about
  const visitor =
    kind === 'code-refused' && subjectId ? (await findVisit(reader, subjectId))?.staffId : undefined
  const rated = await ratedBy(reader, about)
  const find = async (left: readonly string[]) => {
    const found = new Map<string, JoinedMember>()
    for (const circle of circlesOf[kind]) {
      // Who stands in for one circle is not needed where another one reads it.
      const members = await inCircle(reader, region, circle, about, { left, standIns: found.size === 0 })
      for (const member of members) found.set(member.id, member)
    }
    return found.size > 0 || rated.length > 0 ? [...found.values()] : curatorAsLastResort(reader, about, left)
  }
  // Whoever was rated low never learns of it, even where there is nobody else: it is told again the next morning.
  if (rated.length > 0) return find([...without, ...rated])
  const others = await find(visitor === undefined ? without : [...without, visitor])
  return others.length > 0 || visitor === undefined ? others : find(without)
}

/** Whether a card is a member's concern, now that it is about to be shown to them. */
export const isCardReader = async (
  reader: Reader,
  region: Region,
  staff: StaffMember,
  about: CardSubject,
): Promise<boolean> => {
  const { family } = about
  if (!staff.active || (await ratedBy(reader, about)).includes(staff.id)) return false
  if (staff.id === family.curatorId || (await supervises(reader, staff, family))) return true
  return (await cardReaders(reader, region, about)).some(({ id }) => id === staff.id)
}

/** Whom a low answer is about, and the curator of now: the member asks for somebody else. */
const ratedBy = async (reader: Reader, { kind, subjectId, family }: CardSubject): Promise<string[]> => {
  if (kind !== 'survey-low-score' || !subjectId) return []
  const rescue = await findRescue(reader, subjectId)
  return [rescue?.curatorId, family.curatorId].filter((id) => typeof id === 'string')
}

const supervises = async (
  reader: Reader,
  { id, role }: Pick<StaffMember, 'id' | 'role'>,
  { territory }: CardSubject['family'],
): Promise<boolean> =>
  role === 'supervisor' &&
  (await staffOfTerritory(reader, territory, 'supervisor')).some((member) => member.id === id)

const inCircle = async (
  reader: Reader,
  region: Region,
  circle: Circle,
  { family, now }: CardSubject,
  { left, standIns }: { left: readonly string[]; standIns: boolean },
): Promise<JoinedMember[]> => {
  const curator = await availableCurator(reader, family, now)
  const curators = curator && !left.includes(curator.id) ? [curator] : []
  if (circle === 'curator' && curators.length > 0) return curators
  if (circle === 'supervisors') {
    const there = await availableSupervisors(reader, family.territory, { now, left })
    if (there.length > 0) return there
  }
  if (!standIns) return []
  const group = await fallbackGroup(reader, region, family.territory, { now, without: left })
  return [...group.filter(({ id }) => !left.includes(id)), ...curators]
}

/** Supervisors who are there and can be written to: of the territory, or else of any. */
export const availableSupervisors = async (
  reader: Reader,
  territory: string,
  { now, left = [] }: { now: Date; left?: readonly string[] },
): Promise<JoinedMember[]> => {
  const away = await absentAt(reader, now)
  const there = (await joinedStaff(reader, 'supervisor')).filter(
    ({ id, unreachableSince }) => !away.has(id) && unreachableSince === null && !left.includes(id),
  )
  const serving = there.filter(({ territories }) => territories.includes(territory))
  return serving.length > 0 ? serving : there
}

/** Where there is nobody at all, the curator, away or not. */
const curatorAsLastResort = async (
  reader: Reader,
  { family: { curatorId } }: CardSubject,
  left: readonly string[],
): Promise<JoinedMember[]> => {
  const curator = curatorId === null || left.includes(curatorId) ? null : await findStaff(reader, curatorId)
  if (!curator?.active || curator.personId === null) return []
  return [{ ...curator, personId: curator.personId }]
}
