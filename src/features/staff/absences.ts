import { DomainError } from '#core/errors.ts'
import { secondsUntil } from '#features/routing/delays.ts'
import type { Enqueue } from '#queue/queues.ts'
import { type Absence, endOrDeleteAbsence, insertAbsence } from '#storage/staff/absences.ts'
import type { Tx } from '#storage/database.ts'
import { endConsoleAccess } from '#storage/console/console-access.ts'
import { findStaff, type StaffMember, type StaffChanges, updateStaff } from '#storage/staff/staff.ts'
import { staffWork } from '#storage/staff/staff-work.ts'
import { alarmAboutWork } from './alarm-about-work.ts'

type Deps = { enqueue: Enqueue }

/**
 * Records an absence. At its start the member's requests are reassigned; at its end unassigned requests may
 * be assigned to them. Supervisors are told at once of visits that fall into it. Throws `not-found`; `invalid-input` for an absence that is over or ends before it
 * begins.
 */
export const addAbsence = async (
  tx: Tx,
  { enqueue }: Deps,
  { staffId, from, until, now }: { staffId: string; from: Date; until: Date; now: Date },
): Promise<Absence> => {
  if (!(await findStaff(tx, staffId))) throw new DomainError('not-found')
  if (until <= from || until <= now) throw new DomainError('invalid-input', { field: 'until' })
  const absence = await insertAbsence(tx, { staffId, from, until })
  for (const at of [from, until])
    await enqueue(tx, 'reassign', { staffId }, { startAfter: secondsUntil(at, now) })
  await enqueue(tx, 'work-news', { staffId, news: 'absence', subjectId: absence.id })
  // A family waits at home for a visit that nobody makes.
  const { visits } = await staffWork(tx, staffId, now)
  if (visits.some((visit) => isWithin(visit, absence))) await enqueue(tx, 'orphans', {})
  return absence
}

/** Whether a visit begins during an absence. Pure. */
export const isWithin = (
  { startsAt }: { startsAt: Date },
  { from, until }: Pick<Absence, 'from' | 'until'>,
): boolean => startsAt >= from && startsAt < until

/** Ends an absence now, or cancels one that has not begun. Throws `not-found` if it is over. */
export const endAbsence = async (
  tx: Tx,
  { enqueue }: Deps,
  { absenceId, staffId, now }: { absenceId: string; staffId: string; now: Date },
): Promise<void> => {
  if (!(await endOrDeleteAbsence(tx, { id: absenceId, staffId, now }))) throw new DomainError('not-found')
  await enqueue(tx, 'reassign', { staffId })
}

/**
 * Updates a member read at `revision`. Deactivating a member reassigns their requests; raising their limits
 * may assign unassigned ones to them. Another role, or none, ends whatever they have open in the console. What nobody is responsible for afterwards is an alarm at once. Throws `not-found`, `stale`.
 */
export const changeStaff = async (
  tx: Tx,
  { enqueue }: Deps,
  {
    staffId,
    revision,
    changes,
    now,
  }: { staffId: string; revision: number; changes: StaffChanges; now: Date },
): Promise<StaffMember> => {
  const before = await findStaff(tx, staffId)
  if (!before) throw new DomainError('not-found')
  // Whoever comes back to a role later does not bring it along.
  const other = changes.role !== undefined && changes.role !== before.role
  const changed = await updateStaff(tx, staffId, revision, {
    ...changes,
    ...(other && { administers: false }),
  })
  if (changed === 'stale') throw new DomainError('stale')
  await enqueue(tx, 'reassign', { staffId })
  if (changed.active !== before.active || changed.role !== before.role) {
    await endConsoleAccess(tx, staffId, now)
    await alarmAboutWork(tx, { enqueue }, { staffId, now })
  }
  return changed
}
