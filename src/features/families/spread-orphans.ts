import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import { isAhead, moveVisit } from '#features/visits/visit-transitions.ts'
import { lockVisitOfFamily } from '#features/visits/visits-for-staff.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { absentAt } from '#storage/staff/absences.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { listOrphans, type OrphanList } from '#storage/staff/staff-work.ts'
import type { FamilyDeps } from './active.ts'
import { chooseCurator } from './choose-curator.ts'
import { passFamily } from './give-family.ts'
import { takersOf } from './hand-over.ts'

/** So many families at a time: each is locked until all are given. */
const mostAtOnce = 40

/** Families that nobody curates and visits that nobody will make, in the territories of a supervisor or intake specialist. */
export const orphansFor = async (
  database: Database,
  region: Region,
  { staff, now }: { staff: Staff | null | undefined; now: Date },
): Promise<OrphanList> => {
  if (!staff?.active || staff.role === 'curator') throw new DomainError('not-found')
  const territories = await territoriesServedBy(database, region, staff)
  return listOrphans(database, { territories, now })
}

/**
 * Gives these families and visits to the curators of their territories, whoever has fewest first; each family is told. Returns how
 * many families could be given what they lack, and how many not (wholly): nobody serves their territory or is there at that time, or a
 * member has asked to be kept apart from those who do.
 */
export const spreadOrphans = async (
  tx: Tx,
  deps: FamilyDeps,
  {
    staff,
    orphans,
    now,
  }: { staff: Pick<Staff, 'id' | 'role'> | null | undefined; orphans: OrphanList; now: Date },
): Promise<{ given: number; left: number }> => {
  if (staff?.role !== 'supervisor') throw new DomainError('not-found')
  const ids = [...orphans.families.map(({ id }) => id), ...orphans.visits.map(({ familyId }) => familyId)]
  let given = 0
  let left = 0
  for (const id of [...new Set(ids)].toSorted().slice(0, mostAtOnce)) {
    let family = await lockFamily(tx, id)
    if (family?.status !== 'active') continue
    const by = { staffId: staff.id }
    if (orphans.families.some((one) => one.id === id)) {
      const to = chooseCurator(family.territory, await takersOf(tx, { family, without: null, now }))
      if (to === null) {
        left += 1
        continue
      }
      family = await passFamily(tx, deps, { family, to, by, now })
    }
    const visits = orphans.visits.filter(({ familyId }) => familyId === id)
    const wholly = await giveVisits(tx, deps, { family, visits, by, now })
    if (wholly) given += 1
    else left += 1
  }
  return { given, left }
}

type Giving = {
  family: Family
  visits: OrphanList['visits']
  by: { staffId: string }
  now: Date
}

/** Returns whether each visit has somebody who is there on that day; the family is told once. */
const giveVisits = async (
  tx: Tx,
  deps: FamilyDeps,
  { family, visits, by, now }: Giving,
): Promise<boolean> => {
  let moved = 0
  let wholly = true
  for (const { id, startsAt } of visits) {
    const visit = await lockVisitOfFamily(tx, family.id, id)
    const away = await absentAt(tx, startsAt)
    const comes = (await findStaff(tx, visit.staffId))?.active && !away.has(visit.staffId)
    if (comes || !isAhead(visit, now)) continue
    const takers = await takersOf(tx, { family, without: visit.staffId, now })
    const there = takers.filter((one) => !away.has(one.id)).map((one) => ({ ...one, away: one.unreachable }))
    // Whoever curates the family makes its visits, too.
    const to = there.find((one) => one.id === family.curatorId)?.id ?? chooseCurator(family.territory, there)
    if (to === null) wholly = false
    else {
      await moveVisit(tx, deps, { family, visit, to: { staffId: to }, quietly: moved > 0, by, now })
      moved += 1
    }
  }
  return wholly
}
