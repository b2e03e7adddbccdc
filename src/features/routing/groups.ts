import type { Region } from '#regions/schema.ts'
import { absentAt } from '#storage/absences.ts'
import type { Reader } from '#storage/database.ts'
import { type JoinedMember, joinedStaff, staffOfTerritory } from '#storage/staff.ts'
import { onDuty } from './duty.ts'

/** Who is told of a request that nobody can be given: those who are not away, or all of them where all are. */
export const fallbackGroup = async (
  reader: Reader,
  { routing }: Region,
  territory: string,
  now: Date,
): Promise<JoinedMember[]> => {
  const roles = routing.value.fallbackGroup
  const members = [
    ...(roles.includes('intake') ? await joinedStaff(reader, 'intake') : []),
    ...(roles.includes('supervisor') ? await staffOfTerritory(reader, territory, 'supervisor') : []),
  ]
  return present(members, await absentAt(reader, now))
}

/** Who is told that a request was escalated: the territory's supervisors, of them those on duty where there are any. */
export const dutySupervisors = async (
  reader: Reader,
  { timeZone }: Region,
  territory: string,
  now: Date,
): Promise<JoinedMember[]> => {
  const supervisors = await staffOfTerritory(reader, territory, 'supervisor')
  const away = await absentAt(reader, now)
  const there = supervisors.filter(({ id, dutyHours }) => !away.has(id) && onDuty(dutyHours, now, timeZone))
  return there.length > 0 ? there : supervisors
}

const present = (members: JoinedMember[], away: ReadonlySet<string>): JoinedMember[] => {
  const there = members.filter(({ id }) => !away.has(id))
  return there.length > 0 ? there : members
}
