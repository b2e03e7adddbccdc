import { familyFallbackGroup } from '#features/routing/candidate-groups.ts'
import type { FamilyCard } from '#queue/family-cards.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { talkApartOf } from '#storage/messages/talks-apart.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff, type JoinedMember, type StaffMember, staffOfTerritory } from '#storage/staff/staff.ts'
import { findRescue } from '#storage/surveys/survey-rescues.ts'
import { findVisit } from '#storage/visits/visits.ts'
import { availableCurator } from './curator.ts'
import { staffRights } from './family-access.ts'

type Circle = 'curator' | 'supervisors'

/** Readers by kind of card: the curator or a substitute, the supervisors, or both. */
const circlesOf: Record<FamilyCard, readonly Circle[]> = {
  'visit-answer': ['curator'],
  'code-refused': ['supervisors'],
  'activity-question': ['curator'],
  'activity-mismatch': ['supervisors'],
  message: ['curator'],
  'message-alarming': ['curator', 'supervisors'],
  'message-late': ['curator', 'supervisors'],
  unreachable: ['curator'],
  hidden: ['curator'],
  'hidden-alarm': ['curator', 'supervisors'],
  account: ['curator'],
  'account-disputed': ['curator', 'supervisors'],
  'survey-low-score': ['supervisors'],
  'after-worse': ['curator', 'supervisors'],
  'curator-declined': ['supervisors'],
  'plan-proposal': ['curator'],
  'consent-withdrawn': ['curator', 'supervisors'],
}

export type CardSubject = {
  family: Pick<Family, 'id' | 'territory' | 'curatorId'>
  kind: FamilyCard
  /** Id of the visit, activity, member or follow-up that the card is about. */
  subjectId?: string | undefined
  now: Date
}

/**
 * The readers of a card: those of each circle who are present and reachable, or their substitutes; never
 * those in `without`. A visitor accused of not saying the door code reads that card only if there is nobody
 * else.
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
  const rated = await excludedFrom(reader, about)
  const find = async (left: readonly string[]) => {
    const found = new Map<string, JoinedMember>()
    for (const circle of rated.length > 0 ? (['supervisors'] as const) : circlesOf[kind]) {
      // The curator of before knows the family; without them it is for those who answer for what was done.
      if (kind === 'after-worse' && found.size > 0) break
      // One circle needs no substitutes if another one has readers, or comes next.
      const standIns = found.size === 0 && (kind !== 'after-worse' || circle === 'supervisors')
      const members = await inCircle(reader, region, circle, about, { left, standIns })
      for (const member of members) found.set(member.id, member)
    }
    return found.size > 0 || rated.length > 0 ? [...found.values()] : curatorAsLastResort(reader, about, left)
  }
  // What somebody else was asked for is never shown to the curator, even if there is nobody else.
  if (rated.length > 0) return find([...without, ...rated])
  const others = await find(visitor === undefined ? without : [...without, visitor])
  return others.length > 0 || visitor === undefined ? others : find(without)
}

/** Whether a staff member may still read a card, checked just before it is shown. */
export const isCardReader = async (
  reader: Reader,
  region: Region,
  staff: Pick<StaffMember, 'id' | 'role' | 'active'>,
  about: CardSubject,
): Promise<boolean> => {
  const { family } = about
  if (!staff.active || (await excludedFrom(reader, about)).includes(staff.id)) return false
  const found = await findFamily(reader, family.id)
  if (found && (await staffRights(reader, staff, found, about)).has('charge')) return true
  return (await cardReaders(reader, region, about)).some(({ id }) => id === staff.id)
}

/** Cards about what stands in a conversation, or of a member who has hidden theirs and may write there of whom they fear. */
const ofTalks: ReadonlySet<FamilyCard> = new Set([
  'message',
  'message-alarming',
  'message-late',
  'hidden',
  'hidden-alarm',
  'after-worse',
  'curator-declined',
])

/** The rated curator and the current one: the member asks for somebody else, or writes apart from them since. */
const excludedFrom = async (reader: Reader, { kind, subjectId, family }: CardSubject): Promise<string[]> => {
  if (!subjectId) return []
  if (ofTalks.has(kind)) return (await talkApartOf(reader, subjectId))?.staffIds ?? []
  if (kind !== 'survey-low-score') return []
  const rescue = await findRescue(reader, subjectId)
  return [rescue?.curatorId, family.curatorId].filter((id) => typeof id === 'string')
}

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
  const group = await familyFallbackGroup(reader, region, family.territory, { now, without: left })
  return [...group.filter(({ id }) => !left.includes(id)), ...curators]
}

/** Supervisors of the territory who are present and reachable; if nobody serves it, any. */
const availableSupervisors = async (
  reader: Reader,
  territory: string,
  { now, left }: { now: Date; left: readonly string[] },
): Promise<JoinedMember[]> => {
  const away = await absentAt(reader, now)
  return (await staffOfTerritory(reader, territory, 'supervisor')).filter(
    ({ id, unreachableSince }) => !away.has(id) && unreachableSince === null && !left.includes(id),
  )
}

/** The last resort: the curator, absent or not. */
const curatorAsLastResort = async (
  reader: Reader,
  { family: { curatorId } }: CardSubject,
  left: readonly string[],
): Promise<JoinedMember[]> => {
  const curator = curatorId === null || left.includes(curatorId) ? null : await findStaff(reader, curatorId)
  if (!curator?.active || curator.personId === null) return []
  return [{ ...curator, personId: curator.personId }]
}
