import { overlappingDay } from '#features/routing/duty-hours.ts'
import { dutyHoursLines, readDutyHours } from '#features/routing/duty-hours-words.ts'
import { changeStaff } from '#features/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { type DutyHours, findStaff, lockStaff } from '#storage/staff/staff.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

/** Shows or sets when somebody is on duty, breaks excluded. */
export const hoursCommand = async (
  { db, clock, ...deps }: CommandDeps,
  { staffId, on }: Extract<Command, { name: 'staff-hours' }>,
): Promise<string[]> => {
  if (on.length === 0) {
    const member = await findStaff(db, staffId)
    if (!member) throw new CommandProblem('No staff member has this id')
    return dutyHoursLines(member.dutyHours)
  }
  const dutyHours = hoursIn(on)
  const enqueue = await deps.enqueue()
  const changed = await db.transaction(async (tx) => {
    const member = await lockStaff(tx, staffId, 'all')
    if (!member) throw new CommandProblem('No staff member has this id')
    const now = clock.now()
    const change = { staffId, revision: member.revision, changes: { dutyHours }, now }
    await addAudit(tx, { at: now, action: 'staff.changed', subjectId: staffId })
    return changeStaff(tx, { enqueue }, change)
  })
  return dutyHoursLines(changed.dutyHours)
}

const hoursIn = (on: readonly string[]): DutyHours | null => {
  if (on.length === 1 && on[0] === 'always') return null
  const hours = readDutyHours(on)
  if (!hours)
    throw new CommandProblem('--on needs days and times, for example "mon-fri 09:00-13:00,14:00-18:00"')
  const day = overlappingDay(hours)
  if (day) throw new CommandProblem(`The hours of ${day} overlap with others`)
  return hours
}
