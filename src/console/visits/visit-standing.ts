import { visitForStaff } from '#features/visits/visits-for-staff.ts'
import type { Tx } from '#storage/database.ts'
import { findStaff } from '#storage/staff/staff.ts'
import type { Visit as FamilyVisit } from '#storage/visits/visits.ts'
import type { Standing } from '../standing.ts'
import type { Visit } from '../visit.ts'
import { momentWord } from '../words.ts'

/** How a visit stands: when, who comes, and whether it is still to be. Each of its changes rests upon all of it. */
export const visitStanding = async (tx: Tx, visit: Visit, one: FamilyVisit): Promise<Standing> => {
  const { version, startsAt, staffId, status } = one
  const comes = await findStaff(tx, staffId)
  return {
    revision: version,
    facts: {
      time: { value: startsAt.toISOString(), words: momentWord(visit, startsAt) },
      visitor: { value: staffId, words: comes?.name ?? '' },
      visitState: { value: status, words: visit.say.label(`console.facts.visits.${status}`) },
    },
  }
}

/** The same of a visit that is read now. Throws `not-found`. */
export const visitStands = async (tx: Tx, visit: Visit & { params: { id: string } }): Promise<Standing> => {
  const { staff, now, params } = visit
  return visitStanding(tx, visit, (await visitForStaff(tx, staff, params.id, now)).visit)
}
