import type { Staff } from '#features/requests/cases.ts'
import { unmarkedVisitsOf } from '#features/visits/visit-lists-for-staff.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { visitsOfStaff } from '#storage/visits/visit-lists.ts'
import type { Need } from './needs.ts'
import { dayOf, type FamilyWork, familiesOfStaff, type RequestWork, requestsOfStaff } from './open-work.ts'

type Deps = { database: Database; region: Region; sealer: Sealer }
type Asked = { staff: Staff; now: Date }

/** What somebody has to do, as figures. */
export type WorkSummary = {
  requests: number
  families: number
  /** How many of both are overdue, fall due soon, or have words that nobody has read. */
  counts: Record<Need, number>
  visitsToday: number
  /** Visits that are over, of which nobody has said whether they took place. */
  unmarked: number
}

export type AgendaVisit = {
  id: string
  startsAt: Date
  familyNumber: number
}

/** The parts of an agenda, besides visits. */
export type AgendaPart = 'overdue' | 'soon' | 'unread' | 'still'

export type Agenda = Record<AgendaPart, { requests: RequestWork[]; families: FamilyWork[] }> & {
  visits: AgendaVisit[]
  /** Visits that are over and wait to be marked. */
  unmarked: number
}

export const summaryOfWork = async (deps: Deps, asked: Asked): Promise<WorkSummary> => {
  const [requests, families] = [await requestsOfStaff(deps, asked), await familiesOfStaff(deps, asked)]
  const counts = { overdue: 0, soon: 0, unread: 0, visit: 0, still: 0, none: 0 }
  for (const { need } of [...requests, ...families]) counts[need] += 1
  const visits = await visitsOfDay(deps, asked)
  const unmarked = await unmarkedVisitsOf(deps.database, asked.staff.id, asked.now)
  return {
    requests: requests.length,
    families: families.length,
    counts,
    visitsToday: visits.length,
    unmarked,
  }
}

/** What the day brings; null if nothing. It shows on a lock screen: no name, address or code, which are one tap away. */
export const agendaOf = async (deps: Deps, asked: Asked): Promise<Agenda | null> => {
  // Of what others have in hand, a supervisor needs to know what is overdue.
  const others = asked.staff.role === 'supervisor'
  const requests = await requestsOfStaff(deps, asked)
  const families = await familiesOfStaff(deps, { ...asked, overdue: others })
  const those = (need: AgendaPart) => {
    const told = <T extends { need: Need }>(all: readonly T[]) =>
      all.filter((one) => one.need === need && (need === 'overdue' || !others))
    return { requests: told(requests), families: told(families) }
  }
  const visits = (await visitsOfDay(deps, asked)).map(({ id, startsAt, familyNumber }) => ({
    ...{ id, startsAt, familyNumber },
  }))
  const parts = {
    overdue: those('overdue'),
    soon: those('soon'),
    unread: those('unread'),
    still: those('still'),
  }
  const unmarked = await unmarkedVisitsOf(deps.database, asked.staff.id, asked.now)
  const agenda = { ...parts, visits, unmarked }
  const cases = Object.values(parts).flatMap((one) => [...one.requests, ...one.families])
  return cases.length + visits.length + unmarked > 0 ? agenda : null
}

/** What somebody still has to visit today. */
const visitsOfDay = async ({ database, region }: Deps, { staff, now }: Asked) => {
  const [from, until] = dayOf(region, now)
  const found = await visitsOfStaff(database, { staffId: staff.id, from, until })
  return found.filter(({ startsAt, endsAt }) => startsAt >= from && endsAt > now)
}
