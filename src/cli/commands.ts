import { z } from 'zod'
import type { Clock } from '#core/clock.ts'
import { DomainError } from '#core/errors.ts'
import { inviteStaff, renewInvite } from '#features/staff/invite.ts'
import type { Database } from '#storage/database.ts'
import { listStaff, staffRoles } from '#storage/staff.ts'

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
])
export type Command = z.infer<typeof commandSchema>

export type CommandDeps = {
  db: Database
  clock: Clock
  botUsername: () => Promise<string>
  /** Codes of the region's territories, `other` among them. */
  territories: readonly string[]
}

/** What the operator got wrong, in words for the operator. */
export class CommandProblem extends Error {
  override name = 'CommandProblem'
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
  }
}

const add = async (
  deps: CommandDeps,
  command: Extract<Command, { name: 'staff-add' }>,
): Promise<string[]> => {
  const { staffName: name, role } = command
  const territories = [...new Set(command.territories)]
  const unknown = territories.filter((code) => !deps.territories.includes(code))
  if (unknown.length > 0) {
    throw new CommandProblem(`No territory ${unknown.join(', ')}. There are: ${deps.territories.join(', ')}`)
  }
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
