import type { Tx } from '#storage/database.ts'
import {
  endReminders,
  insertReminders,
  type ReminderKind,
  reminderKinds,
} from '#storage/visits/visit-reminders.ts'
import type { Visit } from '#storage/visits/visits.ts'

const hour = 60 * 60 * 1000

/** Lead time of reminders before a visit, in elapsed time, unaffected by clock changes. */
export const reminderLead = { day: 24 * hour, hours: 2 * hour } as const satisfies Record<
  ReminderKind,
  number
>

/**
 * Schedules the reminders of a visit that was created, moved or ended: one per version and kind, unless its
 * time has passed. Ends the reminders of earlier versions, and all of a visit that is not planned any more.
 */
export const scheduleReminders = async (
  tx: Tx,
  { id: visitId, version, status, startsAt }: Pick<Visit, 'id' | 'version' | 'status' | 'startsAt'>,
  now: Date,
): Promise<void> => {
  if (status !== 'planned') return endReminders(tx, { visitId, now })
  await endReminders(tx, { visitId, except: version, now })
  const reminders = reminderKinds.map((kind) => ({
    visitId,
    version,
    kind,
    dueAt: new Date(startsAt.getTime() - reminderLead[kind]),
  }))
  await insertReminders(
    tx,
    reminders.filter(({ dueAt }) => dueAt > now),
  )
}
