import { z } from 'zod'
import type { Clock } from '#core/clock.ts'
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

/** Does one command and returns the lines to print. Throws DomainError. */
export const runCommand = async (deps: CommandDeps, command: Command): Promise<string[]> => {
  switch (command.name) {
    case 'staff-add': {
      const { staffName: name, role, territories } = command
      const botUsername = await deps.botUsername()
      const { staff, link, expiresAt } = await inviteStaff(
        { ...deps, botUsername },
        { name, role, territories },
      )
      return [`Added ${staff.name} (${staff.role}), id ${staff.id}`, ...linkLines(link, expiresAt)]
    }
    case 'staff-link': {
      const botUsername = await deps.botUsername()
      const { link, expiresAt } = await renewInvite({ ...deps, botUsername }, command.staffId)
      return linkLines(link, expiresAt)
    }
    case 'staff-list':
      return (await listStaff(deps.db)).map(({ id, name, role, territories, personId, active }) =>
        [
          id,
          name,
          role,
          territories.join(','),
          personId ? 'joined' : 'invited',
          active ? 'active' : 'off',
        ].join('\t'),
      )
  }
}

const linkLines = (link: string, expiresAt: Date) => [
  `One-time link, until ${expiresAt.toISOString()}:`,
  link,
]
