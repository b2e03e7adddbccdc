import { fallbackGroup } from '#features/routing/groups.ts'
import type { Enqueue } from '#jobs/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { Family } from '#storage/families.ts'
import { findStaff, staffOfTerritory } from '#storage/staff.ts'
import type { FamilyCard } from './cards.ts'

type News = {
  family: Pick<Family, 'id' | 'territory' | 'curatorId'>
  /** The curator, or whoever stands in for one; the supervisors; or both. */
  to: 'curator' | 'supervisors' | 'both'
  kind: FamilyCard
  /** The visit, activity or member that it is about: an id. */
  subjectId?: string
  now: Date
}

/**
 * Shows the staff a card about a family, in the caller's transaction. Without a curator, or with one who is not there,
 * it goes to intake: no word of a family's is without a reader.
 */
export const tellStaff = async (
  tx: Tx,
  { enqueue, region }: { enqueue: Enqueue; region: Region },
  { family, to, kind, subjectId, now }: News,
): Promise<void> => {
  const readers = new Set<string>()
  if (to !== 'supervisors') for (const id of await curatorOf(tx, region, family, now)) readers.add(id)
  if (to !== 'curator')
    for (const { id } of await staffOfTerritory(tx, family.territory, 'supervisor')) readers.add(id)
  for (const staffId of readers)
    await enqueue(tx, 'family-card', { familyId: family.id, staffId, kind, ...(subjectId && { subjectId }) })
}

const curatorOf = async (tx: Tx, region: Region, family: News['family'], now: Date): Promise<string[]> => {
  const curator = family.curatorId === null ? null : await findStaff(tx, family.curatorId)
  if (curator?.active && curator.personId !== null && curator.unreachableSince === null) return [curator.id]
  const group = await fallbackGroup(tx, region, family.territory, { now, without: [] })
  return group.map(({ id }) => id)
}
