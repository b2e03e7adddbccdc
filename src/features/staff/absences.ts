import { DomainError } from '#core/errors.ts'
import { secondsUntil } from '#features/routing/delays.ts'
import type { Enqueue } from '#queue/queues.ts'
import { type Absence, endOrDeleteAbsence, insertAbsence } from '#storage/staff/absences.ts'
import type { Tx } from '#storage/database.ts'
import { findStaff, type StaffMember, type StaffSettings, updateStaff } from '#storage/staff/staff.ts'

type Deps = { enqueue: Enqueue }

/**
 * Keeps that a member is away. When it begins what they have goes to others, when it ends what waits for anybody may
 * come to them. Throws `not-found`, `invalid-input` for one that is over or ends before it begins.
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
  return absence
}

/** Ends an absence now, or takes back one that has not begun. Throws `not-found` for one that is over. */
export const endAbsence = async (
  tx: Tx,
  { enqueue }: Deps,
  { absenceId, staffId, now }: { absenceId: string; staffId: string; now: Date },
): Promise<void> => {
  if (!(await endOrDeleteAbsence(tx, { id: absenceId, staffId, now }))) throw new DomainError('not-found')
  await enqueue(tx, 'reassign', { staffId })
}

/**
 * Changes a member, who was read at that revision; one who stops working gives what they have to others, one who may
 * be given more gets what waits for anybody. Throws `not-found`, `stale`.
 */
export const changeStaff = async (
  tx: Tx,
  { enqueue }: Deps,
  {
    staffId,
    revision,
    changes,
  }: { staffId: string; revision: number; changes: Partial<StaffSettings> & { active?: boolean } },
): Promise<StaffMember> => {
  if (!(await findStaff(tx, staffId))) throw new DomainError('not-found')
  const changed = await updateStaff(tx, staffId, revision, changes)
  if (changed === 'stale') throw new DomainError('stale')
  await enqueue(tx, 'reassign', { staffId })
  return changed
}
