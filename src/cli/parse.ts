import { parseArgs } from 'node:util'
import { z } from 'zod'
import { languages } from '#core/text.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { type Command, commandSchema } from '#control/command.ts'
import { CommandProblem } from '#control/commands.ts'

export const help = `Ryadom, for operators:

  npm run ryadom -- staff add --name <first name> --role intake|curator|supervisor --territory <code> [--territory <code> …]
      adds a staff member and prints the one-time link by which they join the bot (48 hours)
  npm run ryadom -- staff link <id>
      prints a new link for a member who has not joined yet
  npm run ryadom -- staff list
  npm run ryadom -- key create --name <what for> --scope <scope> [--scope <scope> …] [--territory <code> …] [--days <n>]
      makes a key of the staff API and prints it once; without --territory for all of them, without --days until revoked
      scopes: ${scopes.join(', ')}
  npm run ryadom -- key list
  npm run ryadom -- key revoke <id>
  npm run ryadom -- plan template <out.xlsx> [--language ru|en]
      writes an empty workbook to put a family's plan into
  npm run ryadom -- plan import <file.xlsx> [--dry-run]
      makes the workbook the plan of the family that it names: all of it, or nothing and every cell that is to blame;
      with --dry-run it is only checked
  npm run ryadom -- help`

/** What is done beside the operator's files before anything goes to the app. */
const fileCommandSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('plan-template'),
    file: z.string().min(1),
    language: z.enum(languages).default('ru'),
  }),
  z.strictObject({ name: z.literal('plan-import-file'), file: z.string().min(1), check: z.boolean() }),
])
export type FileCommand = z.infer<typeof fileCommandSchema>

/** The words of the command line as a command, or the wish for help. Throws CommandProblem. */
export const parseCommand = (words: string[]): Command | FileCommand | 'help' => {
  const { positionals, values } = split(words)
  const [subject, verb, ...rest] = positionals
  if (subject === undefined || subject === 'help' || values.help) return 'help'
  const wish = parsers[subject]?.(verb, rest, values)
  if (!wish) throw new CommandProblem(`No such command: ${positionals.join(' ')}\n\n${help}`)
  const meant = options[`${subject} ${verb}`] ?? []
  const idle = Object.keys(values).filter((option) => !meant.includes(option))
  if (idle.length > 0) {
    const names = idle.map((option) => `--${option}`).join(', ')
    throw new CommandProblem(`${subject} ${verb} takes no ${names}\n\n${help}`)
  }
  const command = (subject === 'plan' ? fileCommandSchema : commandSchema).safeParse(wish)
  if (!command.success) throw new CommandProblem(`${z.prettifyError(command.error)}\n\n${help}`)
  return command.data
}

/** What each command takes; an option that it would pass over was meant for something. */
const options: Record<string, readonly string[]> = {
  'staff add': ['name', 'role', 'territory'],
  'key create': ['name', 'scope', 'territory', 'days'],
  'plan template': ['language'],
  'plan import': ['dry-run'],
}

type Parser = (
  verb: string | undefined,
  rest: string[],
  values: ReturnType<typeof split>['values'],
) => unknown

const parseStaffCommand: Parser = (verb, [id, ...more], values) => {
  if (more.length > 0) return undefined
  if (verb === 'link') return { name: 'staff-link', staffId: id }
  if (id !== undefined) return undefined
  if (verb === 'list') return { name: 'staff-list' }
  if (verb !== 'add') return undefined
  return { name: 'staff-add', staffName: values.name, role: values.role, territories: values.territory }
}

const parseKeyCommand: Parser = (verb, [id, ...more], { name, scope, territory = [], days }) => {
  if (more.length > 0) return undefined
  if (verb === 'revoke') return { name: 'key-revoke', keyId: id }
  if (id !== undefined) return undefined
  if (verb === 'list') return { name: 'key-list' }
  if (verb !== 'create') return undefined
  return {
    name: 'key-create',
    keyName: name,
    scopes: scope,
    territories: territory,
    ...(days !== undefined && { days }),
  }
}

const parsePlanCommand: Parser = (verb, [file, ...more], { language, 'dry-run': check = false }) => {
  if (file === undefined || more.length > 0) return undefined
  if (verb === 'import') return { name: 'plan-import-file', file, check }
  if (verb !== 'template') return undefined
  return { name: 'plan-template', file, ...(language !== undefined && { language }) }
}

const parsers: Record<string, Parser> = {
  staff: parseStaffCommand,
  key: parseKeyCommand,
  plan: parsePlanCommand,
}

const split = (args: string[]) => {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        role: { type: 'string' },
        territory: { type: 'string', multiple: true },
        scope: { type: 'string', multiple: true },
        days: { type: 'string' },
        language: { type: 'string' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new CommandProblem(`${error instanceof Error ? error.message : error}\n\n${help}`, { cause: error })
  }
}
