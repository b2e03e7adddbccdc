import type { Log } from '#core/log.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Database } from '#storage/database.ts'
import { keysExpiringBy, recordExpiryWarning } from '#storage/staff/api-keys.ts'

/** Days before the end of a key at which supervisors are warned. */
export const warningDays = [30, 7, 1] as const

const dayMs = 24 * 60 * 60 * 1000

/** Days until a key ends, begun ones counted whole. */
export const daysLeft = (expiresAt: Date, now: Date): number =>
  Math.ceil((expiresAt.getTime() - now.getTime()) / dayMs)

/** The warning that is due, as days before the end; null if none is, or it was given already. */
export const dueWarning = (
  { expiresAt, expiryWarned }: { expiresAt: Date; expiryWarned: number | null },
  now: Date,
): number | null => {
  const left = daysLeft(expiresAt, now)
  const due = warningDays.findLast((days) => left <= days)
  return left > 0 && due !== undefined && (expiryWarned === null || due < expiryWarned) ? due : null
}

/** Daily: logs every key that ends soon, and warns the supervisors of its territories 30, 7 and 1 days before. */
export const warnOfExpiringKeys = async (
  database: Database,
  { enqueue, log }: { enqueue: Enqueue; log: Log },
  now: Date,
): Promise<void> => {
  const horizon = new Date(now.getTime() + warningDays[0] * dayMs)
  for (const key of await keysExpiringBy(database, horizon, now)) {
    log.warn('api-key.expiring', { apiKeyId: key.id, days: daysLeft(key.expiresAt, now) })
    const due = dueWarning(key, now)
    if (due === null) continue
    await database.transaction(async (tx) => {
      if (await recordExpiryWarning(tx, key.id, due))
        await enqueue(tx, 'access-alert', { kind: 'key-expiring', actorId: key.id })
    })
  }
}
