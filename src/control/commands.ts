import { DomainError } from '#core/errors.ts'
import { inviteStaff, renewInvite } from '#features/staff/invite-staff.ts'
import { listStaff } from '#storage/staff/staff.ts'
import { absenceCommand } from './absence-command.ts'
import { auditSeenCommand, endAccessCommand, limitAccessCommand } from './access-commands.ts'
import { verifyAuditCommand } from './audit-commands.ts'
import type { Command, CommandDeps } from './command.ts'
import { CommandProblem, mustKnowTerritories } from './command-problem.ts'
import { consoleIdentityCommand, consoleLinkCommand } from './console-commands.ts'
import { addDayCommand, listDaysCommand, removeDayCommand } from './day-commands.ts'
import { doctorCommand } from './doctor-command.ts'
import { hoursCommand } from './hours-command.ts'
import { incidentCommand } from './incident-command.ts'
import { createKeyCommand, listKeysCommand, revokeKeyCommand } from './key-commands.ts'
import { leaveCommand, lostPhoneCommand, workCommand } from './leaving-commands.ts'
import { linkLines } from './link-lines.ts'
import { photoCommand } from './photo-command.ts'
import { importPlanCommand } from './plan-commands.ts'
import { retentionCommand } from './retention-command.ts'
import { administersCommand, roleCommand, territoriesCommand } from './role-command.ts'
import { rotateKeysCommand } from './rotate-command.ts'
import {
  addTerritoryCommand,
  listTerritoriesCommand,
  renameTerritoryCommand,
  retireTerritoryCommand,
} from './territory-commands.ts'

export { CommandProblem }

/** Runs a command and returns the lines to print. Throws CommandProblem. */
export const runCommand = async (deps: CommandDeps, command: Command): Promise<string[]> => {
  switch (command.name) {
    case 'staff-add':
      return add(deps, command)
    case 'staff-link':
      return renew(deps, command.staffId)
    case 'staff-lost-phone':
      return lostPhoneCommand(deps, command.staffId)
    case 'staff-work':
      return workCommand(deps, command.staffId)
    case 'staff-leave':
      return leaveCommand(deps, command)
    case 'staff-role':
      return roleCommand(deps, command)
    case 'staff-administers':
      return administersCommand(deps, command)
    case 'staff-hours':
      return hoursCommand(deps, command)
    case 'staff-photo':
      return photoCommand(deps, command)
    case 'staff-absence':
      return absenceCommand(deps, command)
    case 'staff-territories':
      return territoriesCommand(deps, command)
    case 'staff-list':
      return list(deps)
    case 'console-link':
      return consoleLinkCommand(deps, command)
    case 'console-identity':
      return consoleIdentityCommand(deps, command)
    case 'retention':
      return retentionCommand(deps, command)
    case 'days-off-add':
      return addDayCommand(deps, command)
    case 'days-off-remove':
      return removeDayCommand(deps, command)
    case 'days-off-list':
      return listDaysCommand(deps)
    case 'territory-add':
      return addTerritoryCommand(deps, command)
    case 'territory-rename':
      return renameTerritoryCommand(deps, command)
    case 'territory-retire':
      return retireTerritoryCommand(deps, command)
    case 'territory-list':
      return listTerritoriesCommand(deps)
    case 'key-create':
      return createKeyCommand(deps, command)
    case 'key-list':
      return listKeysCommand(deps)
    case 'key-revoke':
      return revokeKeyCommand(deps, command.keyId)
    case 'keys-rotate':
      return rotateKeysCommand(deps)
    case 'audit-verify':
      return verifyAuditCommand(deps, command)
    case 'access-end':
      return endAccessCommand(deps, command.memberId)
    case 'access-limit':
      return limitAccessCommand(deps, command)
    case 'audit-seen':
      return auditSeenCommand(deps, command)
    case 'incident-draft':
      return incidentCommand(deps, command)
    case 'doctor':
      return doctorCommand(deps)
    case 'plan-import':
      return importPlanCommand(deps, command)
  }
}

const add = async (
  deps: CommandDeps,
  command: Extract<Command, { name: 'staff-add' }>,
): Promise<string[]> => {
  const { staffName: name, role } = command
  const territories = [...new Set(command.territories)]
  await mustKnowTerritories(deps, territories)
  const invitation = await inviteStaff(await inviting(deps), { name, role, territories })
  const { staff } = invitation
  return [
    `Added ${staff.name} (${staff.role}; ${territories.join(', ')}), id ${staff.id}`,
    ...linkLines(invitation),
  ]
}

const renew = async (deps: CommandDeps, staffId: string): Promise<string[]> => {
  try {
    return linkLines(await renewInvite(await inviting(deps), staffId))
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const problem =
      error.code === 'not-found' ? 'No staff member has this id' : 'This member has already joined'
    throw new CommandProblem(problem, { cause: error })
  }
}

const list = async ({ db }: CommandDeps): Promise<string[]> => {
  const members = await listStaff(db)
  if (members.length === 0) return ['No staff yet']
  return members.map(({ id, name, role, territories, personId, active }) =>
    [id, name, role, territories.join(','), !active ? 'inactive' : personId ? 'joined' : 'invited'].join(
      '\t',
    ),
  )
}

const inviting = async ({ db, clock, botUsername }: CommandDeps) => ({
  db,
  clock,
  botUsername: await botUsername(),
})
