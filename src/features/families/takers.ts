import type { Reader } from '#storage/database.ts'
import type { Family } from '#storage/families/families.ts'
import { hiddenFromInFamily } from '#storage/messages/talks-apart.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff, joinedStaff } from '#storage/staff/staff.ts'
import { familyCounts } from '#storage/staff/staff-work.ts'
import { byRoom, type Candidate, chooseCurator } from './choose-curator.ts'

// Who may take a family, or one of its visits, whichever door it is given through (pass-on.ts).

/** Who could take a family or a visit: those who serve its territory first, then by their number of families. */
export type Taker = Candidate & { name: string; serves: boolean; unreachable: boolean }

type Asking = {
  family: Pick<Family, 'id' | 'territory'>
  without: string | null
  now: Date
  /** When a visit begins: whoever is absent then cannot take it. */
  at?: Date
}

/** Nobody from whom a member of the family has asked to be kept apart. */
export const takersOf = async (reader: Reader, { family, without, now, at }: Asking): Promise<Taker[]> => {
  const kept = await hiddenFromInFamily(reader, family.id)
  const gone = at ? await absentAt(reader, at) : new Set<string>()
  const joined = (await joinedStaff(reader, 'curator')).filter(
    ({ id }) => id !== without && !kept.has(id) && !gone.has(id),
  )
  const away = at ? gone : await absentAt(reader, now)
  const counts = await familyCounts(
    reader,
    joined.map(({ id }) => id),
  )
  const found = joined.map(({ id, name, territories, unreachableSince }) => ({
    ...{ id, name, territories },
    serves: territories.includes(family.territory),
    unreachable: unreachableSince !== null,
    away: away.has(id) || unreachableSince !== null,
    families: counts.get(id) ?? 0,
  }))
  return found.toSorted((a, b) => Number(b.serves) - Number(a.serves) || byRoom(a, b))
}

/** By the rule: of those who serve its territory and whom messages reach, the one with the fewest families. */
export const takerByRule = async (reader: Reader, asking: Asking): Promise<string | null> => {
  const reached = (await takersOf(reader, asking)).filter(({ unreachable }) => !unreachable)
  return chooseCurator(asking.family.territory, reached)
}

/**
 * Whether somebody named may take a family, or with `at` a visit that begins then: they work here, not at intake, nobody of the
 * family has asked to be kept apart from them, and they are there at that time.
 */
export const mayTake = async (
  reader: Reader,
  { family, staffId, at }: { family: Pick<Family, 'id'>; staffId: string | null; at?: Date },
): Promise<boolean> => {
  const member = staffId === null ? null : await findStaff(reader, staffId)
  if (!member?.active || member.role === 'intake') return false
  if ((await hiddenFromInFamily(reader, family.id)).has(member.id)) return false
  return !at || !(await absentAt(reader, at)).has(member.id)
}
