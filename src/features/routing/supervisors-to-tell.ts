import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { hiddenFromInRequest } from '#storage/requests/request-events.ts'
import { type JoinedMember, staffOfTerritory } from '#storage/staff/staff.ts'
import { dutySupervisors, fallbackGroup } from './candidate-groups.ts'

/**
 * The supervisors to tell of a request (`dutySupervisors`), but nobody from whom a line of it is kept (ADR 60); if no other
 * supervisor is there, whoever takes what nobody has. Nobody in a centre without supervisors.
 */
export const supervisorsToTell = async (
  reader: Reader,
  region: Region,
  { id, territory }: { id: string; territory: string },
  now: Date,
): Promise<JoinedMember[]> => {
  if ((await staffOfTerritory(reader, territory, 'supervisor')).length === 0) return []
  const kept = await hiddenFromInRequest(reader, id)
  const supervisors = await dutySupervisors(reader, region, territory, now)
  const others = supervisors.filter(({ id: staffId }) => !kept.includes(staffId))
  return others.length > 0 ? others : fallbackGroup(reader, region, territory, { now, without: kept })
}
