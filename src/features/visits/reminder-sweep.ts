import type { Clock } from '#core/clock.ts'
import { canSee } from '#features/families/audience.ts'
import { type EnqueueMany, lowPriority } from '#queue/queues.ts'
import type { Database, Tx } from '#storage/database.ts'
import { insertPushes, type NewPush } from '#storage/pushes/pushes.ts'
import { claimReminders, type DueReminder } from '#storage/visits/visit-reminders.ts'

/** Whoever looks once a minute takes what is due until the next look: each push then waits for its own moment. */
const aheadMs = 60_000
/** So many at once; a transaction for each, so that nobody else waits long. */
const chunk = 250

/**
 * Puts reminders that are due on their way: a push for each member who sees the visit, in the same transaction that
 * takes the reminder. Safe to run at several instances at once, and to be killed in. Returns how many were taken.
 */
export const dispatchReminders = async (
  database: Database,
  { enqueueMany }: { enqueueMany: EnqueueMany },
  { clock, signal }: { clock: Clock; signal?: AbortSignal },
): Promise<number> => {
  let count = 0
  for (;;) {
    const taken = await database.transaction((tx) => dispatchSome(tx, enqueueMany, clock.now()))
    count += taken
    if (taken < chunk || signal?.aborted) return count
  }
}

const dispatchSome = async (tx: Tx, enqueueMany: EnqueueMany, now: Date): Promise<number> => {
  const until = new Date(now.getTime() + aheadMs)
  const reminders = await claimReminders(tx, { until, limit: chunk, now })
  const pushes = reminders.flatMap((reminder) => pushesFor(reminder, now))
  const ids = await insertPushes(tx, pushes)
  const jobs = ids.map(({ id, at }) => ({
    payload: { pushId: id },
    startAfter: Math.ceil((at.getTime() - now.getTime()) / 1000),
    // News goes first: a wave of reminders may be long.
    priority: lowPriority,
  }))
  await enqueueMany(tx, 'push', jobs)
  return reminders.length
}

const pushesFor = ({ visit, version, kind, dueAt, members }: DueReminder, now: Date): NewPush[] => {
  // Moved, cancelled or begun since: there is nothing to remind of.
  if (visit.version !== version || visit.status !== 'planned' || visit.startsAt <= now) return []
  const at = dueAt > now ? dueAt : now
  return members.flatMap(({ id: memberId, role, personId }) =>
    personId !== null && canSee({ memberId, role }, visit)
      ? [
          {
            key: `visit-reminder.${visit.id}.${version}.${kind}.${personId}`,
            personId,
            familyId: visit.familyId,
            kind: `visit-${kind}` as const,
            subjectId: visit.id,
            version,
            urgent: false,
            at,
          },
        ]
      : [],
  )
}
