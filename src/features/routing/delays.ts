import { addWorkingMinutes } from '#features/deadlines/working-time.ts'
import type { Enqueue } from '#queue/queues.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { nextDutyStart } from './duty-hours.ts'

/** The escalation time of a request that has been waiting since `now`, by the region's limits. */
export const escalationAt = (region: Region, urgent: boolean, now: Date): Date => {
  const { urgentMinutes, ordinaryWorkingHours, workingTime } = region.routing.value
  if (urgent) return new Date(now.getTime() + urgentMinutes * 60_000)
  return addWorkingMinutes(now, ordinaryWorkingHours * 60, workingTime, region)
}

/** When to show a card: an urgent one now, an ordinary one at the start of its reader's duty hours. */
export const cardAt = ({ timeZone }: Region, urgent: boolean, hours: DutyHours | null, now: Date): Date =>
  urgent ? now : (nextDutyStart(hours, now, timeZone) ?? now)

/** Enqueues an escalation step, counted from 1. When the job runs, the request's own `escalateAt` decides. */
export const enqueueEscalation = (
  tx: Tx,
  enqueue: Enqueue,
  { requestId, step, at, now }: { requestId: string; step: number; at: Date; now: Date },
): Promise<void> => enqueue(tx, 'escalation', { requestId, step }, { startAfter: secondsUntil(at, now) })

/** A delay in seconds, not a moment: the queue runs on the database's clock, which may differ from ours. */
export const secondsUntil = (at: Date, now: Date): number =>
  Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1000))
