import { fallbackGroup } from '#features/routing/groups.ts'
import { cardAt, secondsUntil } from '#features/routing/waiting.ts'
import type { Enqueue } from '#jobs/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families.ts'
import { type JoinedMember, staffOfTerritory } from '#storage/staff.ts'
import type { FamilyCard } from './cards.ts'
import { presentCurator } from './curator.ts'

type News = {
  family: Pick<Family, 'id' | 'territory' | 'curatorId'>
  /** The curator, or whoever stands in for one; the supervisors; or both. */
  to: 'curator' | 'supervisors' | 'both'
  kind: FamilyCard
  /** The visit, activity or member that it is about: an id. */
  subjectId?: string
  /** It lets its readers rest until their hours of duty. */
  ordinary?: boolean
  now: Date
}

/**
 * Shows the staff a card about a family, in the caller's transaction. Without a curator, or with one who is not there,
 * it goes to intake: no word of a family's is without a reader.
 */
export const tellStaff = async (
  tx: Tx,
  { enqueue, region }: { enqueue: Enqueue; region: Region },
  { family, to, kind, subjectId, ordinary = false, now }: News,
): Promise<void> => {
  const readers = new Map<string, JoinedMember>()
  if (to !== 'supervisors')
    for (const member of await curatorOf(tx, region, family, now)) readers.set(member.id, member)
  if (to !== 'curator')
    for (const member of await staffOfTerritory(tx, family.territory, 'supervisor'))
      readers.set(member.id, member)
  const card = { familyId: family.id, kind, ...(subjectId && { subjectId }) }
  for (const { id: staffId, dutyHours } of readers.values()) {
    const seconds = secondsUntil(cardAt(region, !ordinary, dutyHours, now), now)
    await enqueue(tx, 'family-card', { ...card, staffId }, seconds > 0 ? { startAfter: seconds } : {})
  }
}

const curatorOf = async (
  tx: Tx,
  region: Region,
  family: News['family'],
  now: Date,
): Promise<JoinedMember[]> => {
  const curator = await presentCurator(tx, family, now)
  return curator ? [curator] : fallbackGroup(tx, region, family.territory, { now, without: [] })
}
