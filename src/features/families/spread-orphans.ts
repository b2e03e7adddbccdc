import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { lockFamily } from '#storage/families/families.ts'
import { isThere, listOrphans, type OrphanList } from '#storage/staff/staff-work.ts'
import { lockVisitsAhead } from '#storage/visits/visits.ts'
import type { FamilyDeps } from './active.ts'
import { passVisits, passWithVisits } from './pass-on.ts'

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
    const passing = { from: null, by: { staffId: staff.id }, now }
    let without = 0
    if (orphans.families.some((one) => one.id === id)) {
      const passed = await passWithVisits(tx, deps, { ...passing, family, to: null, from: family.curatorId })
      if (!passed) {
        left += 1
        continue
      }
      family = passed.family
      without += passed.visits.left.length
    }
    const visits: { id: string }[] = []
    for (const visit of await lockVisitsAhead(tx, { familyId: id, now }))
      if (orphans.visits.some((one) => one.id === visit.id) && !(await isThere(tx, visit))) visits.push(visit)
    without += (await passVisits(tx, deps, { ...passing, family, to: [], visits })).left.length
    if (without === 0) given += 1
    else left += 1
  }
  return { given, left }
}
