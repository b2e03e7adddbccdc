import { DomainError } from '#core/errors.ts'
import { changeStaff } from '#features/staff/absences.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { lockStaff } from '#storage/staff/staff.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem } from './command-problem.ts'

/** Changes what somebody works as; what they have in hand is looked at anew. */
export const roleCommand = async (
  { db, clock, ...deps }: CommandDeps,
  { staffId, role }: Extract<Command, { name: 'staff-role' }>,
): Promise<string[]> => {
  const enqueue = await deps.enqueue()
  try {
    const { name } = await db.transaction(async (tx) => {
      const member = await lockStaff(tx, staffId, 'all')
      if (!member) throw new DomainError('not-found')
      await addAudit(tx, { at: clock.now(), action: 'staff.changed', subjectId: staffId })
      return changeStaff(tx, { enqueue }, { staffId, revision: member.revision, changes: { role } })
    })
    return [`${name} works as ${role} from now on. «staff work» lists what is still theirs`]
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'not-found') throw error
    throw new CommandProblem('No staff member has this id', { cause: error })
  }
}
