import { mostKeyDays } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { regionCodes } from '#regions/index.ts'
import { type CommandSpec, oneId, someId, territoryOption } from './command-spec.ts'
import { consoleCommands } from './console-commands.ts'
import { dayCommands } from './day-commands.ts'
import { staffCommands } from './staff-commands.ts'
import { territoryCommands } from './territory-commands.ts'

export const commandTable: readonly CommandSpec[] = [
  ...staffCommands,
  ...consoleCommands,
  ...territoryCommands,
  ...dayCommands,
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
      territory: territoryOption(false),
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
    words: 'keys rotate',
    name: 'keys-rotate',
    usage: '',
    example: '',
    says: [
      'after a new key was put first in DATA_KEYS: wraps the keys of people with it, and seals anew what older keys sealed;',
      'the app works meanwhile, and the command can be stopped and run again',
    ],
  },
  {
    ...{ words: 'access end', name: 'access-end', example: someId },
    usage: '<id of a staff or family member>',
    says: ['ends their sessions of the console, links, calendar and the card that they have open'],
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
    words: 'incident draft',
    name: 'incident-draft',
    usage: '--since <day or time> --found <time> [--by <id of a staff member or key>] [--language ru|en]',
    says: [
      'prints drafts of the notices of 24 and 72 hours, filled in with what the audit knows, and whom to tell;',
      'with --by what they have opened since then, without it all that is stored (a lost copy of the database)',
    ],
    example: `--by ${someId} --since 2026-11-01 --found 2026-11-28T10:00:00+03:00`,
    options: {
      by: { key: 'actorId', kind: 'text', needs: 'the id of a staff member or key' },
      since: {
        key: 'since',
        kind: 'text',
        required: true,
        needs: 'a day such as 2026-11-01, or a time with its offset',
      },
      found: {
        key: 'found',
        kind: 'text',
        required: true,
        needs: 'a time with its offset, such as 2026-11-28T10:00:00+03:00',
      },
      language: { key: 'language', kind: 'text', needs: 'ru or en' },
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
    words: 'retention',
    name: 'retention',
    usage: '[--dry-run]',
    says: [
      'lists by rule how much is past its term, and deletes it, as the app does every night;',
      'with --dry-run it only lists',
    ],
    example: '--dry-run',
    options: { 'dry-run': { key: 'check', kind: 'flag', needs: '' } },
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
    words: 'receipt verify',
    name: 'receipt-verify',
    usage: '<file with the lines of its QR code, or ->',
    says: [
      'checks the receipt of a consent with the keys alone, without app and database; exits with 1 if it is not genuine',
    ],
    example: 'receipt.txt',
    argument: { shown: '<file>', key: 'file', needs: 'a file, or - for standard input' },
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
