import { addWorkingMinutes } from '#features/deadlines/working-time.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { nextDutyStart } from './duty-hours.ts'

/** The moment at which a request that waits since `now` is escalated, by the region's numbers. */
export const escalationAt = ({ routing, timeZone }: Region, urgent: boolean, now: Date): Date => {
  const { urgentMinutes, ordinaryWorkingHours, workingTime } = routing.value
  if (urgent) return new Date(now.getTime() + urgentMinutes * 60_000)
  return addWorkingMinutes(now, ordinaryWorkingHours * 60, workingTime, timeZone)
}

/** The moment at which a card is shown: an ordinary one lets its reader rest until their hours, an urgent one does not. */
export const cardAt = ({ timeZone }: Region, urgent: boolean, hours: DutyHours | null, now: Date): Date =>
  urgent ? now : (nextDutyStart(hours, now, timeZone) ?? now)

/** The job of a step of escalation, `step` counting from 1. When it runs, the request's own moment decides. */
export const enqueueEscalation = (
  tx: Tx,
  enqueue: Enqueue,
  { requestId, step, at, now }: { requestId: string; step: number; at: Date; now: Date },
): Promise<void> => enqueue(tx, 'escalation', { requestId, step }, { startAfter: secondsUntil(at, now) })

/** Seconds, for the queue: its clock is the database's, ours may be another. */
export const secondsUntil = (at: Date, now: Date): number =>
  Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1000))
