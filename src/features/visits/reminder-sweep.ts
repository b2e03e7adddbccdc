import type { Clock } from '#core/clock.ts'
import { canSee, viewerOf } from '#features/families/audience.ts'
import { type EnqueueMany, lowPriority } from '#queue/queues.ts'
import type { Rows } from '#storage/anything-due.ts'
import type { Database, Tx } from '#storage/database.ts'
import { insertPushes, type NewPush } from '#storage/pushes/pushes.ts'
import { claimReminders, type DueReminder, dueReminders } from '#storage/visits/visit-reminders.ts'

/**
 * The sweep runs once a minute and takes what is due before the next run; each push then waits for its own
 * time.
 */
const aheadMs = 60_000
/** Batch size; each batch has its own transaction, to keep locks short. */
const chunk = 250

const untilWhen = (now: Date) => new Date(now.getTime() + aheadMs)

/** Whether there are any. */
export const remindersToDispatch = (now: Date): Rows[] => [dueReminders(untilWhen(now))]

/**
 * Dispatches due reminders: creates a push for each member who may see the visit, in the transaction that
 * claims the reminder. Safe to run on several instances, and to be killed at any point. Returns the number of
 * claimed reminders.
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
  const reminders = await claimReminders(tx, { until: untilWhen(now), limit: chunk, now })
  const pushes = reminders.flatMap((reminder) => pushesFor(reminder, now))
  const ids = await insertPushes(tx, pushes)
  const jobs = ids.map(({ id, at }) => ({
    payload: { pushId: id },
    startAfter: Math.ceil((at.getTime() - now.getTime()) / 1000),
    // News has precedence over a long batch of reminders.
    priority: lowPriority,
  }))
  await enqueueMany(tx, 'push', jobs)
  await enqueueMany(
    tx,
    'work-news',
    reminders.flatMap((reminder) => newsFor(reminder, now)),
  )
  return reminders.length
}

/** Whoever comes is reminded, too. */
const newsFor = ({ visit, version, kind, dueAt }: DueReminder, now: Date) =>
  visit.version !== version || visit.status !== 'planned' || visit.startsAt <= now
    ? []
    : [
        {
          payload: { staffId: visit.staffId, news: `visit-${kind}` as const, subjectId: visit.id, version },
          startAfter: Math.max(0, Math.ceil((dueAt.getTime() - now.getTime()) / 1000)),
          priority: lowPriority,
        },
      ]

const pushesFor = ({ visit, version, kind, dueAt, members }: DueReminder, now: Date): NewPush[] => {
  // Moved, cancelled or begun in the meantime.
  if (visit.version !== version || visit.status !== 'planned' || visit.startsAt <= now) return []
  const at = dueAt > now ? dueAt : now
  return members.flatMap((member) => {
    const { personId } = member
    return personId !== null && canSee(viewerOf(member), visit)
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
      : []
  })
}
