import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { type JoinedMember, joinedStaff, staffOfTerritory } from '#storage/staff/staff.ts'
import { onDuty } from './duty-hours.ts'

/**
 * The staff to notify of a request that cannot be assigned: those who are present and reachable, or everybody
 * if none is. The staff in `without` have given the request up, so they are included only if there is nobody
 * else.
 */
export const fallbackGroup = async (
  reader: Reader,
  region: Region,
  territory: string,
  asked: Asked,
): Promise<JoinedMember[]> =>
  groupOf(reader, region, { territory, intake: joinedStaff(reader, 'intake') }, asked)

/**
 * The staff to notify about a family whose curator is away: like `fallbackGroup`, but only intake of its territory,
 * because nobody else may read what it is about.
 */
export const familyFallbackGroup = async (
  reader: Reader,
  region: Region,
  territory: string,
  asked: Asked,
): Promise<JoinedMember[]> =>
  groupOf(reader, region, { territory, intake: staffOfTerritory(reader, territory, 'intake') }, asked)

type Asked = { now: Date; without?: readonly string[] }

const groupOf = async (
  reader: Reader,
  { routing }: Region,
  { territory, intake }: { territory: string; intake: Promise<JoinedMember[]> },
  { now, without = [] }: Asked,
): Promise<JoinedMember[]> => {
  const roles = routing.value.fallbackGroup
  const supervisors = roles.includes('supervisor') ? staffOfTerritory(reader, territory, 'supervisor') : []
  const [ofIntake, ofSupervisors] = await Promise.all([intake, supervisors])
  const members = [...(roles.includes('intake') ? ofIntake : []), ...ofSupervisors]
  if (members.length === 0) return []
  const others = members.filter(({ id }) => !without.includes(id))
  return present(others.length > 0 ? others : members, await absentAt(reader, now))
}

/**
 * The supervisors to notify of an escalation: those of the territory who are present and on duty, or all who
 * are present if none is on duty. Nobody if none is present or reached: others are told instead.
 */
export const dutySupervisors = async (
  reader: Reader,
  { timeZone }: Region,
  territory: string,
  now: Date,
): Promise<JoinedMember[]> => {
  const supervisors = await staffOfTerritory(reader, territory, 'supervisor')
  const working = there(supervisors, await absentAt(reader, now))
  const onShift = working.filter(({ dutyHours }) => onDuty(dutyHours, now, timeZone))
  return onShift.length > 0 ? onShift : working
}

/**
 * Who takes what comes for a territory and is no request: its specialists who are there, else its supervisors who are, else
 * all of them; nobody of those in `without`.
 */
export const readersOfTerritory = async (
  reader: Reader,
  territory: string,
  { now, without = [] }: Asked,
): Promise<JoinedMember[]> => {
  const away = await absentAt(reader, now)
  const ofRole = async (role: 'intake' | 'supervisor') =>
    (await staffOfTerritory(reader, territory, role)).filter(({ id }) => !without.includes(id))
  const [specialists, supervisors] = [await ofRole('intake'), await ofRole('supervisor')]
  const circles = [there(specialists, away), there(supervisors, away), specialists, supervisors]
  return circles.find(({ length }) => length > 0) ?? []
}

const there = (members: readonly JoinedMember[], away: ReadonlySet<string>): JoinedMember[] =>
  members.filter(({ id, unreachableSince }) => !away.has(id) && unreachableSince === null)

const present = (members: JoinedMember[], away: ReadonlySet<string>): JoinedMember[] => {
  const found = there(members, away)
  return found.length > 0 ? found : members
}
