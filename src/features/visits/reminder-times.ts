import type { Tx } from '#storage/database.ts'
import {
  endReminders,
  insertReminders,
  type ReminderKind,
  reminderKinds,
} from '#storage/visits/visit-reminders.ts'
import type { Visit } from '#storage/visits/visits.ts'

const hour = 60 * 60 * 1000

/** How long before a visit its family is reminded: real hours, whatever the clocks are changed to in between. */
export const reminderLead = { day: 24 * hour, hours: 2 * hour } as const satisfies Record<
  ReminderKind,
  number
>

/**
 * Keeps what the family has to be reminded of, after a visit was made, moved or ended: once for each version and kind,
 * not at a moment that is past already. What was to remind of an earlier version, or of a visit that is not to take
 * place any more, ends here.
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
