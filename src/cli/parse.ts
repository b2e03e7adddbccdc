import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Command, commandSchema } from '#control/command.ts'
import { CommandProblem } from '#control/commands.ts'
import { languages } from '#core/text.ts'
import { mostKeyDays } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { regionCodes } from '#regions/index.ts'
import { type DatabaseCommand, databaseCommandSchema } from './database-commands.ts'
import { parseTerritoryCommand, territoryHelp } from './parse-territory.ts'
import { type DoctorCommand, doctorCommandSchema } from './doctor.ts'

export const help = `Ryadom, commands for operators:

  npm run ryadom -- staff add --name <first name> --role intake|curator|supervisor --territory <code> [--territory <code> …]
      adds a staff member and prints a one-time link to join the bot, valid for 48 hours
  npm run ryadom -- staff link <id>
      prints a new link for a member who has not joined yet
  npm run ryadom -- staff lost-phone <id>
      ends the account of a member who has joined and prints a link for another one
  npm run ryadom -- staff work <id>
      lists what somebody is responsible for, and the territories that nobody else of their role serves
  npm run ryadom -- staff leave <id> --to <id of the curator or supervisor who takes families and visits>|evenly [--yes]
      ends their work here: access at once, requests by the routing's rule, families and visits as said; families are told;
      shows first what is handed over and asks; --yes does not ask
  npm run ryadom -- staff role <id> --role intake|curator|supervisor
  npm run ryadom -- staff list
${territoryHelp}
  npm run ryadom -- key create --name <purpose> --scope <scope> [--scope <scope> …] [--territory <code> …] [--days <n>]
      creates a key of the staff API and prints it once;
      without --territory it is valid for all territories, without --days for a year (at most ${mostKeyDays} days)
      scopes: ${scopes.join(', ')}
  npm run ryadom -- key list
  npm run ryadom -- key revoke <id>
  npm run ryadom -- access end <id of a staff or family member>
      ends their sessions, links, results pages, calendar and the card that they have open
  npm run ryadom -- access limit <id of a staff member or key> --per-hour <n>|usual
      sets how many families and requests they may open in an hour before a supervisor is told
  npm run ryadom -- audit seen --by <id of a staff member or key> --since <2026-11-01 or 2026-11-01T09:00:00+03:00>
      lists whose data they have opened; a day begins at 00:00 UTC
  npm run ryadom -- plan template <out.xlsx> [--language ru|en]
      writes an empty workbook for a family's plan
  npm run ryadom -- plan import <file.xlsx> [--dry-run]
      publishes the workbook as the plan of the family that it names, or lists every invalid cell and changes nothing;
      with --dry-run it only validates the workbook
  npm run ryadom -- audit verify [--head <day>:<hash> …]
      recomputes the audit's chain and names the first broken entry; with published heads, also whether it was made anew
  npm run ryadom -- database roles
      prints what an administrator of PostgreSQL has to run once: two users, one of which owns the tables
  npm run ryadom -- database setup [--app ryadom_app]
      as the owner: applies migrations and gives the app's user its rights; before the first start and each new version
  npm run ryadom -- facts list --region <code>
      lists what families read of law and safety and the centre has not confirmed, or has to confirm again
  npm run ryadom -- doctor [--json]
      looks at settings, Telegram, clock, database, rights, keys, Redis, disk, staff and lists, changes nothing, and says
      what to do; exits with 1 if something must be mended
  npm run ryadom -- help`

const ways = help.split(/\n(?= {2}npm run)/).slice(1)

/** What is meant, without the rest, which would push the error off the screen; everything if nothing like it exists. */
const usageOf = (words: string): string => {
  const like = (start: string) =>
    ways.filter((way) => `${way.trimStart()} `.startsWith(`npm run ryadom -- ${start} `))
  const [exact, near] = [like(words), like(words.split(' ')[0] ?? '')]
  const found = exact.length > 0 ? exact : near
  return found.length === 0 ? help : [...found, ways.at(-1)].join('\n')
}

/** Commands that read or write local files before anything is sent to the app. */
const fileCommandSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('plan-template'),
    file: z.string().min(1),
    language: z.enum(languages).default('ru'),
  }),
  z.strictObject({ name: z.literal('plan-import-file'), file: z.string().min(1), check: z.boolean() }),
])
export type FileCommand = z.infer<typeof fileCommandSchema>

/** Needs neither files nor the app. */
const factsCommandSchema = z.strictObject({ name: z.literal('facts-list'), region: z.enum(regionCodes) })
type FactsCommand = z.infer<typeof factsCommandSchema>

/** Parses command-line arguments. Throws CommandProblem. */
export const parseCommand = (
  args: string[],
): Command | FileCommand | DatabaseCommand | FactsCommand | DoctorCommand | 'help' => {
  const { positionals, values } = split(args)
  const [subject, verb, ...rest] = positionals
  if (subject === undefined || subject === 'help' || values.help) return 'help'
  const draft = parsers[subject]?.(verb, rest, values)
  if (!draft) throw new CommandProblem(`Unknown command: ${positionals.join(' ')}\n\n${usageOf(subject)}`)
  const words = positionals.slice(0, 2).join(' ')
  const accepted = options[words] ?? []
  const unused = Object.keys(values).filter((option) => !accepted.includes(option))
  if (unused.length > 0) {
    const names = unused.map((option) => `--${option}`).join(', ')
    throw new CommandProblem(`${words} does not accept ${names}\n\n${usageOf(words)}`)
  }
  const command = (schemas[subject] ?? commandSchema).safeParse(draft)
  if (!command.success) throw new CommandProblem(`${z.prettifyError(command.error)}\n\n${usageOf(words)}`)
  return command.data
}

/** Commands that the app itself does not run. */
const schemas: Record<
  string,
  | typeof fileCommandSchema
  | typeof databaseCommandSchema
  | typeof factsCommandSchema
  | typeof doctorCommandSchema
> = {
  plan: fileCommandSchema,
  database: databaseCommandSchema,
  facts: factsCommandSchema,
  doctor: doctorCommandSchema,
}

/** Accepted options by command; others are rejected rather than ignored. */
const options: Record<string, readonly string[]> = {
  'staff add': ['name', 'role', 'territory'],
  'staff leave': ['to', 'yes'],
  'staff role': ['role'],
  'territory add': ['ru', 'en', 'called', 'area-code'],
  'territory rename': ['ru', 'en', 'called', 'area-code'],
  'territory retire': ['to'],
  'key create': ['name', 'scope', 'territory', 'days'],
  'access limit': ['per-hour'],
  'audit seen': ['by', 'since'],
  'plan template': ['language'],
  'plan import': ['dry-run'],
  'database setup': ['app'],
  'audit verify': ['head'],
  'facts list': ['region'],
  doctor: ['json'],
}

type Parser = (
  verb: string | undefined,
  rest: string[],
  values: ReturnType<typeof split>['values'],
) => unknown

const parseStaffCommand: Parser = (verb, [id, ...more], values) => {
  if (more.length > 0) return undefined
  if (verb === 'link' || verb === 'lost-phone' || verb === 'work')
    return { name: `staff-${verb}`, staffId: id }
  if (verb === 'leave')
    return { name: 'staff-leave', staffId: id, to: values.to, ...(values.yes && { yes: true }) }
  if (verb === 'role') return { name: 'staff-role', staffId: id, role: values.role }
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

const parseAccessCommand: Parser = (verb, [id, ...more], values) => {
  if (id === undefined || more.length > 0) return undefined
  if (verb === 'end') return { name: 'access-end', memberId: id }
  return verb === 'limit' ? { name: 'access-limit', actorId: id, perHour: values['per-hour'] } : undefined
}

const parseAuditCommand: Parser = (verb, rest, { by, since, head = [] }) => {
  if (rest.length > 0) return undefined
  if (verb === 'seen') return { name: 'audit-seen', actorId: by, since }
  return verb === 'verify' ? { name: 'audit-verify', heads: head } : undefined
}

const parsePlanCommand: Parser = (verb, [file, ...more], { language, 'dry-run': check = false }) => {
  if (file === undefined || more.length > 0) return undefined
  if (verb === 'import') return { name: 'plan-import-file', file, check }
  if (verb !== 'template') return undefined
  return { name: 'plan-template', file, ...(language !== undefined && { language }) }
}

const parseDatabaseCommand: Parser = (verb, [...more], { app }) => {
  if (more.length > 0) return undefined
  if (verb === 'roles') return { name: 'database-roles' }
  return verb === 'setup' ? { name: 'database-setup', ...(app !== undefined && { app }) } : undefined
}
const parseFactsCommand: Parser = (verb, rest, { region }) =>
  verb === 'list' && rest.length === 0 ? { name: 'facts-list', region } : undefined

const parseDoctorCommand: Parser = (verb, _, { json = false }) =>
  verb === undefined ? { name: 'doctor-report', json } : undefined

const parsers: Record<string, Parser> = {
  staff: parseStaffCommand,
  territory: parseTerritoryCommand,
  key: parseKeyCommand,
  access: parseAccessCommand,
  audit: parseAuditCommand,
  plan: parsePlanCommand,
  database: parseDatabaseCommand,
  facts: parseFactsCommand,
  doctor: parseDoctorCommand,
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
        ru: { type: 'string' },
        en: { type: 'string' },
        called: { type: 'string', multiple: true },
        'area-code': { type: 'string' },
        scope: { type: 'string', multiple: true },
        days: { type: 'string' },
        region: { type: 'string' },
        'per-hour': { type: 'string' },
        by: { type: 'string' },
        since: { type: 'string' },
        language: { type: 'string' },
        'dry-run': { type: 'boolean' },
        app: { type: 'string' },
        to: { type: 'string' },
        yes: { type: 'boolean' },
        head: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    const words = args.slice(0, 2).filter((one) => !one.startsWith('-'))
    const problem = error instanceof Error ? error.message : error
    throw new CommandProblem(`${problem}\n\n${usageOf(words.join(' '))}`, { cause: error })
  }
}
