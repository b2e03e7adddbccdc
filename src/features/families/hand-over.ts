import { lockVisitOfFamily } from '#features/visits/visits-for-staff.ts'
import { isAhead, moveVisit } from '#features/visits/visit-transitions.ts'
import type { Database, Reader, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { hiddenFromInFamily } from '#storage/messages/talks-apart.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff, joinedStaff } from '#storage/staff/staff.ts'
import { familyCounts, staffWork } from '#storage/staff/staff-work.ts'
import { lockVisitsAhead } from '#storage/visits/visits.ts'
import type { Actor, FamilyDeps } from './active.ts'
import { byRoom, type Candidate, chooseCurator } from './choose-curator.ts'
import { changeCurator } from './family-transitions.ts'

export type HandOver = {
  /** Who leaves. */
  staffId: string
  /**
   * Who takes all families and visits; null, or gone as well by now: each territory's curators, evenly. Nobody gets a family of
   * which a member has asked to be kept apart from them.
   */
  to: string | null
  by: Actor
}

/** `left`: families and visits that nobody could take. */
export type HandedOver = { families: number; visits: number; left: number }

/**
 * Gives the families of somebody who has left, and the visits that they would have made, to others. Each family is a
 * transaction of its own and is told once; running again goes on where it was interrupted. One that fails holds up no other,
 * and is thrown at the end.
 */
export const handOver = async (
  database: Database,
  deps: FamilyDeps,
  given: HandOver & { now: () => Date },
): Promise<HandedOver> => {
  const { staffId, now } = given
  const { families, visits } = await staffWork(database, staffId, now())
  const ids = [
    ...new Set([...families.map(({ id }) => id), ...visits.map(({ familyId }) => familyId)]),
  ].toSorted()
  const handed: HandedOver = { families: 0, visits: 0, left: 0 }
  const failures: unknown[] = []
  for (const familyId of ids) {
    try {
      const one = await database.transaction((tx) =>
        handOverFamily(tx, deps, { ...given, familyId, now: now() }),
      )
      handed.families += one.families
      handed.visits += one.visits
      handed.left += one.left
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return handed
}

const handOverFamily = async (
  tx: Tx,
  deps: FamilyDeps,
  { staffId, to, by, familyId, now }: HandOver & { familyId: string; now: Date },
): Promise<HandedOver> => {
  const handed: HandedOver = { families: 0, visits: 0, left: 0 }
  const family = await lockFamily(tx, familyId)
  if (!family) return handed
  const taker = (await unfearedOf(tx, family.id, to)) ?? (await takerOf(tx, family, { staffId, now }))
  let curated = family
  if (family.status === 'active' && family.curatorId === staffId) {
    if (taker === null) handed.left += 1
    else {
      curated = await changeCurator(tx, deps, { family, curatorId: taker, by, now })
      handed.families += 1
    }
  }
  const ahead = (await lockVisitsAhead(tx, { familyId, now })).filter((visit) => visit.staffId === staffId)
  // Whoever curates the family comes, too, unless they have left before.
  const visitor = (await otherCurator(tx, curated, staffId)) ?? taker
  for (const [nth, { id }] of ahead.entries()) {
    const visit = await lockVisitOfFamily(tx, familyId, id)
    if (visitor === null || family.status !== 'active' || !isAhead(visit, now)) {
      handed.left += 1
      continue
    }
    await moveVisit(tx, deps, { family: curated, visit, to: { staffId: visitor }, quietly: nth > 0, now })
    handed.visits += 1
  }
  return handed
}

/** The family's curator, unless it is who gives it away; then the one of its territory's curators with the fewest families. */
export const takerOf = async (
  reader: Reader,
  family: Family,
  { staffId, now }: { staffId: string; now: Date },
): Promise<string | null> =>
  (await otherCurator(reader, family, staffId)) ??
  chooseCurator(family.territory, await takersOf(reader, { family, without: staffId, now }))

/** The family's curator, if somebody other than the leaver is, works here, and nobody has asked to be kept apart from them. */
const otherCurator = async (
  reader: Reader,
  { id, curatorId }: Pick<Family, 'id' | 'curatorId'>,
  leaverId: string,
): Promise<string | null> => (curatorId === leaverId ? null : unfearedOf(reader, id, curatorId))

/** The id of a member, if they work here and nobody of the family has asked to be kept apart from them. */
const unfearedOf = async (
  reader: Reader,
  familyId: string,
  staffId: string | null,
): Promise<string | null> => {
  const member = staffId === null ? null : await findStaff(reader, staffId)
  return member?.active && !(await hiddenFromInFamily(reader, familyId)).has(member.id) ? member.id : null
}

/** Who could take a family or a visit: those who serve its territory first, then by their number of families. */
export type Taker = Candidate & { name: string; serves: boolean; unreachable: boolean }

/** Nobody from whom a member of the family has asked to be kept apart. */
export const takersOf = async (
  reader: Reader,
  { family, without, now }: { family: Family; without: string | null; now: Date },
): Promise<Taker[]> => {
  const feared = await hiddenFromInFamily(reader, family.id)
  const joined = (await joinedStaff(reader, 'curator')).filter(({ id }) => id !== without && !feared.has(id))
  const away = await absentAt(reader, now)
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
