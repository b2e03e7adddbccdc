import { mostKeyDays } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { regionCodes } from '#regions/index.ts'

/** An option, or what stands behind the words. `needs`: what a value is, as after «must be». */
type Given = { key: string; needs: string }
export type Option = Given & { kind: 'text' | 'list' | 'flag'; required?: boolean }

/** A command as it is typed, described, and sent on: the draft has `name`, and each value by its `key`. */
export type CommandSpec = {
  words: string
  name: string
  /** What is typed behind the words. */
  usage: string
  says: readonly string[]
  /** Behind the words; it parses. */
  example: string
  argument?: Given & { shown: string }
  options?: Readonly<Record<string, Option>>
}

const someId = '018f3a5e-0000-7000-8000-000000000000'
const staffId = {
  shown: '<id>',
  key: 'staffId',
  needs: 'the id of a staff member, as «staff list» prints it',
}
const territory = (required: boolean): Option => ({
  ...{ key: 'territories', kind: 'list', needs: 'the code of a territory, such as leninsky' },
  ...(required && { required }),
})
const oneId = { usage: '<id>', example: someId }

export const commandTable: readonly CommandSpec[] = [
  {
    words: 'staff add',
    name: 'staff-add',
    usage: '--name <first name> --role intake|curator|supervisor --territory <code> [--territory <code> …]',
    says: ['adds a staff member and prints a one-time link to join the bot, valid for 48 hours'],
    example: '--name Anna --role intake --territory leninsky',
    options: {
      name: {
        key: 'staffName',
        kind: 'text',
        required: true,
        needs: 'a first name of at most 64 characters',
      },
      role: { key: 'role', kind: 'text', required: true, needs: 'intake, curator or supervisor' },
      territory: territory(true),
    },
  },
  {
    ...{ words: 'staff link', name: 'staff-link', argument: staffId, ...oneId },
    says: ['prints a new link for a member who has not joined yet'],
  },
  {
    ...{ words: 'staff lost-phone', name: 'staff-lost-phone', argument: staffId, ...oneId },
    says: ['ends the account of a member who has joined and prints a link for another one'],
  },
  {
    ...{ words: 'staff work', name: 'staff-work', argument: staffId, ...oneId },
    says: [
      'lists what somebody is responsible for, and the territories that nobody else of their role serves',
    ],
  },
  {
    words: 'staff hours',
    name: 'staff-hours',
    usage: '<id> [--on "<days> <from>-<until>[,<from>-<until> …]" …|--on always]',
    says: ['shows when somebody is on duty, or sets it: days and times, with breaks in between'],
    example: `${someId} --on "mon-fri 09:00-13:00,14:00-18:00"`,
    argument: staffId,
    options: {
      on: {
        key: 'on',
        kind: 'list',
        needs: 'days and times such as "mon-fri 09:00-13:00,14:00-18:00", or always',
      },
    },
  },
  {
    words: 'staff leave',
    name: 'staff-leave',
    usage: '<id> --to <id of who takes families and visits>|evenly',
    says: [
      "ends their work here: access at once, requests by the routing's rule, families and visits as said; families are told",
    ],
    example: `${someId} --to evenly`,
    argument: staffId,
    options: {
      to: {
        key: 'to',
        kind: 'text',
        required: true,
        needs: 'evenly, or the id of who takes families and visits',
      },
    },
  },
  { words: 'staff list', name: 'staff-list', usage: '', example: '', says: ['lists all staff'] },
  {
    words: 'key create',
    name: 'key-create',
    usage: '--name <purpose> --scope <scope> [--scope <scope> …] [--territory <code> …] [--days <n>]',
    says: [
      'creates a key of the staff API and prints it once;',
      `without --territory it is valid for all territories, without --days for a year (at most ${mostKeyDays} days)`,
      `scopes: ${scopes.join(', ')}`,
    ],
    example: '--name crm --scope requests:read --days 365',
    options: {
      name: {
        key: 'keyName',
        kind: 'text',
        required: true,
        needs: 'a purpose of at most 100 characters, on one line',
      },
      scope: { key: 'scopes', kind: 'list', required: true, needs: `one of: ${scopes.join(', ')}` },
      territory: territory(false),
      days: { key: 'days', kind: 'text', needs: `a whole number of days, at most ${mostKeyDays}` },
    },
  },
  {
    words: 'key list',
    name: 'key-list',
    usage: '',
    example: '',
    says: ['lists keys with scopes, end and last use'],
  },
  {
    ...{ words: 'key revoke', name: 'key-revoke', ...oneId },
    says: ['rejects a key from now on'],
    argument: { shown: '<id>', key: 'keyId', needs: 'the id of a key, as «key list» prints it' },
  },
  {
    ...{ words: 'access end', name: 'access-end', example: someId },
    usage: '<id of a staff or family member>',
    says: ['ends their sessions, links, results pages, calendar and the card that they have open'],
    argument: { shown: '<id>', key: 'memberId', needs: 'the id of a staff or family member' },
  },
  {
    words: 'access limit',
    name: 'access-limit',
    usage: '<id of a staff member or key> --per-hour <n>|usual',
    says: ['sets how many families and requests they may open in an hour before a supervisor is told'],
    example: `${someId} --per-hour 40`,
    argument: { shown: '<id>', key: 'actorId', needs: 'the id of a staff member or key' },
    options: {
      'per-hour': { key: 'perHour', kind: 'text', required: true, needs: 'a whole number from 1, or usual' },
    },
  },
  {
    words: 'audit seen',
    name: 'audit-seen',
    usage: '--by <id of a staff member or key> --since <2026-11-01 or 2026-11-01T09:00:00+03:00>',
    says: ['lists whose data they have opened; a day begins at 00:00 UTC'],
    example: `--by ${someId} --since 2026-11-01`,
    options: {
      by: { key: 'actorId', kind: 'text', required: true, needs: 'the id of a staff member or key' },
      since: {
        key: 'since',
        kind: 'text',
        required: true,
        needs: 'a day such as 2026-11-01, or a time with its offset',
      },
    },
  },
  {
    words: 'audit verify',
    name: 'audit-verify',
    usage: '[--head <day>:<hash> …]',
    says: [
      "recomputes the audit's chain and names the first broken entry; with published heads, also whether it was made anew",
    ],
    example: '',
    options: { head: { key: 'heads', kind: 'list', needs: 'a published head: <day>:<hash>' } },
  },
  {
    words: 'plan template',
    name: 'plan-template',
    usage: '<out.xlsx> [--language ru|en]',
    says: ["writes an empty workbook for a family's plan"],
    example: 'plan.xlsx --language ru',
    argument: { shown: '<out.xlsx>', key: 'file', needs: 'the name of a file that does not exist yet' },
    options: { language: { key: 'language', kind: 'text', needs: 'ru or en' } },
  },
  {
    words: 'plan import',
    name: 'plan-import-file',
    usage: '<file.xlsx>|- [--dry-run]',
    says: [
      'publishes the workbook as the plan of the family that it names, or lists every invalid cell and changes nothing;',
      'hidden rows, columns and sheets are left out and named; - reads the workbook from standard input;',
      'with --dry-run it only validates the workbook',
    ],
    example: 'plan.xlsx --dry-run',
    argument: { shown: '<file.xlsx>', key: 'file', needs: 'the name of a workbook, or - for standard input' },
    options: { 'dry-run': { key: 'check', kind: 'flag', needs: '' } },
  },
  {
    ...{ words: 'database roles', name: 'database-roles', usage: '', example: '' },
    says: [
      'prints what an administrator of PostgreSQL has to run once: two users, one of which owns the tables',
    ],
  },
  {
    words: 'database setup',
    name: 'database-setup',
    usage: '[--app ryadom_app]',
    says: [
      "as the owner: applies migrations and gives the app's user its rights; before the first start and each new version",
    ],
    example: '--app ryadom_app',
    options: { app: { key: 'app', kind: 'text', needs: "the name of the app's user" } },
  },
  {
    words: 'facts list',
    name: 'facts-list',
    usage: '--region <code>',
    says: [
      'lists what families read of law and safety and the centre has not confirmed, or has to confirm again',
    ],
    example: `--region ${regionCodes[0] ?? ''}`,
    options: {
      region: { key: 'region', kind: 'text', required: true, needs: `one of: ${regionCodes.join(', ')}` },
    },
  },
  {
    words: 'doctor',
    name: 'doctor-report',
    usage: '[--json]',
    says: [
      'looks at settings, Telegram, clock, database, rights, keys, Redis, disk, staff and lists, changes nothing, and says',
      'what to do; exits with 1 if something must be mended',
    ],
    example: '--json',
    options: { json: { key: 'json', kind: 'flag', needs: '' } },
  },
]
