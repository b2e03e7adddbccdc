import { changeStaff } from '#features/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findStaff, lockStaff, type StaffChanges, type StaffMember } from '#storage/staff/staff.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem, mustKnowTerritories } from './command-problem.ts'
import { leftLines } from './leaving-commands.ts'

/** Changes what somebody works as; what they have in hand is looked at anew. */
export const roleCommand = async (
  deps: CommandDeps,
  { staffId, role }: Extract<Command, { name: 'staff-role' }>,
): Promise<string[]> => {
  const { name } = await change(deps, staffId, { role })
  return [`${name} works as ${role} from now on`, ...(await leftLines(deps, staffId))]
}

/** Replaces the territories that somebody serves. */
export const territoriesCommand = async (
  deps: CommandDeps,
  { staffId, territories }: Extract<Command, { name: 'staff-territories' }>,
): Promise<string[]> => {
  const codes = [...new Set(territories)]
  await mustKnowTerritories(deps, codes)
  const { name } = await change(deps, staffId, { territories: codes })
  return [`${name} serves ${codes.join(', ')} from now on`, ...(await leftLines(deps, staffId))]
}

/** Sets whether a supervisor may change in the console who may do what (ADR 103). */
export const administersCommand = async (
  deps: CommandDeps,
  { staffId, on }: Extract<Command, { name: 'staff-administers' }>,
): Promise<string[]> => {
  const member = await findStaff(deps.db, staffId)
  if (on && member && (member.role !== 'supervisor' || !member.active))
    throw new CommandProblem('Only a supervisor who works here can be an administrator')
  const { name } = await change(deps, staffId, { administers: on })
  return [on ? `${name} is an administrator from now on` : `${name} is no administrator any more`]
}

const change = async (
  { db, clock, ...deps }: CommandDeps,
  staffId: string,
  changes: StaffChanges,
): Promise<StaffMember> => {
  const enqueue = await deps.enqueue()
  return db.transaction(async (tx) => {
    const member = await lockStaff(tx, staffId, 'all')
    if (!member) throw new CommandProblem('No staff member has this id')
    await addAudit(tx, { at: clock.now(), action: 'staff.changed', subjectId: staffId })
    return changeStaff(tx, { enqueue }, { staffId, revision: member.revision, changes, now: clock.now() })
  })
}
