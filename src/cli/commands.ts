import { z } from 'zod'
import type { Clock } from '#core/clock.ts'
import { DomainError } from '#core/errors.ts'
import { inviteStaff, renewInvite } from '#features/staff/invite.ts'
import type { Database } from '#storage/database.ts'
import { scopes } from '#features/keys/scopes.ts'
import type { ImportDeps } from '#features/plan/spreadsheet/import.ts'
import { sheetSchema } from '#features/plan/spreadsheet/cells.ts'
import { listStaff, staffRoles } from '#storage/staff.ts'
import { createKeyCommand, listKeysCommand, revokeKeyCommand } from './key-commands.ts'
import { importPlanCommand } from './plan-commands.ts'
import { CommandProblem, unknownTerritories } from './problem.ts'

export { CommandProblem }

/** What an operator can ask for; the same value travels over the control socket. */
export const commandSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('staff-add'),
    staffName: z.string().trim().min(1).max(64),
    role: z.enum(staffRoles),
    territories: z.array(z.string().min(1)).min(1),
  }),
  z.strictObject({ name: z.literal('staff-link'), staffId: z.uuid() }),
  z.strictObject({ name: z.literal('staff-list') }),
  z.strictObject({
    name: z.literal('key-create'),
    // It is printed in a table of lines and tabs.
    keyName: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(/^\P{Cc}*$/u, 'without tabs, line breaks and other control characters'),
    scopes: z.array(z.enum(scopes)).min(1),
    territories: z.array(z.string().min(1)),
    days: z
      .union([
        z.int(),
        z
          .string()
          .regex(/^\d{1,4}$/, 'a number of days')
          .transform(Number),
      ])
      .pipe(z.int().min(1).max(3650))
      .optional(),
  }),
  z.strictObject({ name: z.literal('key-list') }),
  z.strictObject({ name: z.literal('key-revoke'), keyId: z.uuid() }),
  z.strictObject({
    name: z.literal('plan-import'),
    sheets: z.array(sheetSchema).max(20),
    /** Says what would become of it, and keeps nothing. */
    check: z.boolean(),
  }),
])
export type Command = z.infer<typeof commandSchema>

export type CommandDeps = {
  db: Database
  clock: Clock
  botUsername: () => Promise<string>
  /** Codes of the region's territories, `other` among them. */
  territories: readonly string[]
  /** What a plan is kept with; made when it is needed. */
  planning: () => Promise<ImportDeps>
}

/** Does one command and returns the lines to print. Throws CommandProblem. */
export const runCommand = async (deps: CommandDeps, command: Command): Promise<string[]> => {
  switch (command.name) {
    case 'staff-add':
      return add(deps, command)
    case 'staff-link':
      return renew(deps, command.staffId)
    case 'staff-list':
      return list(deps)
    case 'key-create':
      return createKeyCommand(deps, command)
    case 'key-list':
      return listKeysCommand(deps)
    case 'key-revoke':
      return revokeKeyCommand(deps, command.keyId)
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
  unknownTerritories(deps.territories, territories)
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
      error.code === 'not-found' ? 'There is no staff member with this id' : 'This member has joined already'
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

const linkLines = ({ link, expiresAt }: { link: string; expiresAt: Date }) => [
  `One-time link, works until ${expiresAt.toISOString()}:`,
  link,
]
