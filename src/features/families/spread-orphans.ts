import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { lockFamily } from '#storage/families/families.ts'
import { listOrphans, type OrphanList } from '#storage/staff/staff-work.ts'
import type { FamilyDeps } from './active.ts'
import { chooseCurator } from './choose-curator.ts'
import { passFamily, passVisits } from './give-family.ts'
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
 * many could not be given, because nobody serves their territory or a member has asked to be kept apart from those who do.
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
    const family = await lockFamily(tx, id)
    if (family?.status !== 'active') continue
    const curates = orphans.families.some((one) => one.id === id)
    const takers = await takersOf(tx, { family, without: null, now })
    // Whoever curates the family makes its visits, too.
    const own = curates ? undefined : takers.find((one) => one.id === family.curatorId)
    const to = own?.id ?? chooseCurator(family.territory, takers)
    const by = { staffId: staff.id }
    if (to === null) left += 1
    else {
      if (curates) await passFamily(tx, deps, { family, to, by, now })
      else await passVisits(tx, deps, { family, from: null, to, by, now })
      given += 1
    }
  }
  return { given, left }
}
