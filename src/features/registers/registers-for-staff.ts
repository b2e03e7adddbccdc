import { DomainError } from '#core/errors.ts'
import type { Staff } from '#features/requests/cases.ts'
import { territoriesServedBy } from '#features/requests/request-queue.ts'
import type { Region } from '#regions/schema.ts'
import type { Database } from '#storage/database.ts'
import type { RegisterReader } from './open-register.ts'

/** What a supervisor may read of the families of their territories. */
const ofSupervisors = new Set(['families:read', 'families:details', 'plans:read', 'staff:read'] as const)

/** A supervisor as a reader of registers. Throws `not-found` for anybody else. */
export const registerReader = async (
  { database, region }: { database: Database; region: Region },
  staff: Staff,
): Promise<RegisterReader> => {
  if (!staff.active || staff.role !== 'supervisor') throw new DomainError('not-found')
  const territories = await territoriesServedBy(database, region, staff)
  return { staffId: staff.id, scopes: ofSupervisors, territories }
}
