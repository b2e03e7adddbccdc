import type { Reader } from '#storage/database.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { type JoinedMember, joinedStaff } from '#storage/staff/staff.ts'

/** The supervisors who do not serve a territory: those who are present and reachable, or else all. */
export const supervisorsElsewhere = async (
  reader: Reader,
  territory: string,
  now: Date,
): Promise<JoinedMember[]> => {
  const away = await absentAt(reader, now)
  const others = (await joinedStaff(reader, 'supervisor')).filter(
    ({ territories }) => !territories.includes(territory),
  )
  const there = others.filter(({ id, unreachableSince }) => !away.has(id) && unreachableSince === null)
  return there.length > 0 ? there : others
}
