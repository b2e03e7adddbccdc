import type { Log } from '#core/log.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database } from '#storage/database.ts'
import { claimViewingAlert, type Viewings, viewingsSince } from '#storage/staff/access-watches.ts'
import type { StaffRole } from '#storage/staff/staff.ts'

/**
 * Families and requests that one actor opens in an hour without anybody asking why: about what a curator with a full
 * caseload, an intake specialist on a busy day, or a supervisor before a commission does. Operators set others for single
 * persons and keys with `access limit`.
 */
export const usualPerHour: Record<StaffRole | 'key', number> = {
  curator: 30,
  intake: 40,
  supervisor: 60,
  key: 300,
}

const windowMs = 60 * 60 * 1000

export const viewingLimit = ({ role, perHour }: Pick<Viewings, 'role' | 'perHour'>): number =>
  perHour ?? usualPerHour[role ?? 'key']

/**
 * Tells supervisors of everybody who opened more than usual within the last hour, once an hour each. Reads the audit, so
 * whatever is audited is counted, and opening something costs nothing more.
 */
export const sweepBulkViewing = async (
  database: Database,
  { enqueue, log }: { enqueue: Enqueue; log: Log },
  now: Date,
): Promise<void> => {
  for (const viewings of await viewingsSince(database, new Date(now.getTime() - windowMs))) {
    const { actorId, role, seen } = viewings
    const usual = viewingLimit(viewings)
    if (seen <= usual) continue
    const told = await database.transaction(async (tx) => {
      if (!(await claimViewingAlert(tx, { actorId, now, windowMs }))) return false
      await enqueue(tx, 'access-alert', { kind: 'bulk-viewing', actorId, seen, usual })
      return true
    })
    if (told) log.warn('access.bulk-viewing', { [role ? 'staffId' : 'apiKeyId']: actorId, seen, usual })
  }
}
