import { tellStaff } from '#features/worklist/tell-staff.ts'
import type { Database, Tx } from '#storage/database.ts'
import { lockFamily } from '#storage/families/families.ts'
import { staffWork } from '#storage/staff/staff-work.ts'
import { lockVisitsAhead } from '#storage/visits/visits.ts'
import type { Actor, FamilyDeps } from './active.ts'
import { passFamily, passVisits } from './pass-on.ts'
import { mayTake } from './takers.ts'

export type HandOver = {
  /** Who leaves. */
  staffId: string
  /**
   * Who takes all families and visits; null, or gone as well by now: each territory's curators, evenly. Nobody gets a family of
   * which a member has asked to be kept apart from them.
   */
  to: string | null
  by: Actor
  /** Only these families and their visits, of somebody who goes on working here; absent: all. */
  only?: readonly string[]
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
  const theirs = new Set([...families.map(({ id }) => id), ...visits.map(({ familyId }) => familyId)])
  const ids = [...theirs].filter((one) => given.only === undefined || given.only.includes(one)).toSorted()
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
  // Somebody who still works here reads of all of it once.
  if (handed.families > 0)
    await database.transaction((tx) =>
      tellStaff(tx, deps, { staffId, news: 'families-taken', by: given.by, now: now() }),
    )
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
  const ahead = (await lockVisitsAhead(tx, { familyId, now })).filter((visit) => visit.staffId === staffId)
  if (family.status !== 'active') return { ...handed, left: ahead.length }
  // Whoever was to take all may have gone meanwhile, or a member may be afraid of them.
  const taker = (await mayTake(tx, { family, staffId: to })) ? to : null
  const passing = { from: staffId, by, now }
  let curated = family
  if (family.curatorId === staffId) {
    const passed = await passFamily(tx, deps, { ...passing, family, to: taker, quietly: true })
    if (passed) handed.families += 1
    else handed.left += 1
    curated = passed ?? family
  }
  // Whoever curates the family comes, too, unless they have left before.
  const { curatorId } = curated
  const named = [curatorId === staffId ? null : curatorId, taker].filter((id) => id !== null)
  const visits = await passVisits(tx, deps, { ...passing, family: curated, to: named, visits: ahead })
  return { ...handed, visits: visits.moved.length, left: handed.left + visits.left.length }
}
