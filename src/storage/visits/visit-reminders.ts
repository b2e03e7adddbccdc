import { Prisma } from '#generated/client.ts'
import type { Rows } from '#storage/anything-due.ts'
import { toMember, type Member } from '#storage/families/family-members.ts'
import type { Tx } from '#storage/database.ts'
import { toVisit, type Visit } from './visits.ts'

export const reminderKinds = ['day', 'hours'] as const
/** `day`: a day before the visit; `hours`: a few hours before. */
export type ReminderKind = (typeof reminderKinds)[number]

export type VisitReminder = {
  visitId: string
  /** The version of the visit it reminds of. */
  version: number
  kind: ReminderKind
  dueAt: Date
}

/** Inserts reminders; leaves existing ones unchanged, dispatched or not. */
export const insertReminders = async (tx: Tx, reminders: readonly VisitReminder[]): Promise<void> => {
  if (reminders.length > 0) await tx.visitReminder.createMany({ data: [...reminders], skipDuplicates: true })
}

/** Ends a visit's pending reminders: all, or those of versions other than `except`. */
export const endReminders = async (
  tx: Tx,
  { visitId, except, now }: { visitId: string; except?: number; now: Date },
): Promise<void> => {
  await tx.visitReminder.updateMany({
    where: { visitId, dispatchedAt: null, ...(except !== undefined && { version: { not: except } }) },
    data: { dispatchedAt: now },
  })
}

export type DueReminder = VisitReminder & { visit: Visit; members: Member[] }

/** Reminders that are due by then. */
export const dueReminders = (until: Date): Rows => Prisma.sql`
  SELECT visit_id, version, kind FROM visit_reminders WHERE dispatched_at IS NULL AND due_at <= ${until}`

/**
 * Claims due reminders, earliest first, skipping rows that another instance is claiming. They count as dispatched once
 * the transaction commits. Returns each with its visit and the family members who have an account.
 */
export const claimReminders = async (
  tx: Tx,
  { until, limit, now }: { until: Date; limit: number; now: Date },
): Promise<DueReminder[]> => {
  const due = await tx.$queryRaw<(VisitReminder & { dueAt: Date })[]>`
    WITH due AS (
      ${dueReminders(until)} ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE visit_reminders r SET dispatched_at = ${now} FROM due
    WHERE r.visit_id = due.visit_id AND r.version = due.version AND r.kind = due.kind
    RETURNING r.visit_id::text AS "visitId", r.version, r.kind, r.due_at AS "dueAt"`
  if (due.length === 0) return []
  const visits = await tx.visit.findMany({ where: { id: { in: due.map(({ visitId }) => visitId) } } })
  const byId = new Map(visits.map((row) => [row.id, toVisit(row)]))
  const familyIds = [...new Set(visits.map(({ familyId }) => familyId))]
  const members = await tx.familyMember.findMany({
    where: { familyId: { in: familyIds }, removedAt: null, personId: { not: null } },
  })
  const byFamily = Map.groupBy(members.map(toMember), ({ familyId }) => familyId)
  return due.flatMap((reminder) => {
    const visit = byId.get(reminder.visitId)
    return visit ? [{ ...reminder, visit, members: byFamily.get(visit.familyId) ?? [] }] : []
  })
}
