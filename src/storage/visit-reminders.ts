import type { Tx } from './database.ts'

export const reminderKinds = ['day', 'hours'] as const
/** A day before a visit, and a few hours before it. */
export type ReminderKind = (typeof reminderKinds)[number]

export type VisitReminder = {
  visitId: string
  /** The version of the visit that it reminds of. */
  version: number
  kind: ReminderKind
  dueAt: Date
}

/** Keeps reminders; one that was kept before stays as it is, dispatched or not. */
export const insertReminders = async (tx: Tx, reminders: readonly VisitReminder[]): Promise<void> => {
  if (reminders.length > 0) await tx.visitReminder.createMany({ data: [...reminders], skipDuplicates: true })
}

/** Ends the reminders of a visit that are not on their way yet; all of them, or those of other versions than one. */
export const endReminders = async (
  tx: Tx,
  { visitId, except, now }: { visitId: string; except?: number; now: Date },
): Promise<void> => {
  await tx.visitReminder.updateMany({
    where: { visitId, dispatchedAt: null, ...(except !== undefined && { version: { not: except } }) },
    data: { dispatchedAt: now },
  })
}
