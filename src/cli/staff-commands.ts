import { type CommandSpec, oneId, someId, staffId, territoryOption } from './command-spec.ts'

export const staffCommands: readonly CommandSpec[] = [
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
      territory: territoryOption(true),
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
    usage: '<id> --to <id of the curator or supervisor who takes families and visits>|evenly [--yes]',
    says: [
      "ends their work here: access at once, requests by the routing's rule, families and visits as said; families are told;",
      'shows first what is handed over and asks; --yes does not ask',
    ],
    example: `${someId} --to evenly`,
    argument: staffId,
    options: {
      to: {
        key: 'to',
        kind: 'text',
        required: true,
        needs: 'evenly, or the id of the curator or supervisor who takes families and visits',
      },
      yes: { key: 'yes', kind: 'flag', needs: '' },
    },
  },
  {
    words: 'staff role',
    name: 'staff-role',
    usage: '<id> --role intake|curator|supervisor',
    says: [
      "changes what somebody works as; a new curator's requests go to others; families of whoever curates no more are an alarm",
      'to supervisors until they are given',
    ],
    example: `${someId} --role curator`,
    argument: staffId,
    options: {
      role: { key: 'role', kind: 'text', required: true, needs: 'intake, curator or supervisor' },
    },
  },
  {
    words: 'staff administers',
    name: 'staff-administers',
    usage: '<id> --on|--off',
    says: [
      'whether a supervisor is an administrator: may add staff, change roles and territories, end the work of others, and',
      'change the settings of the centre, all in the console; nobody is unless said here',
    ],
    example: `${someId} --on`,
    argument: staffId,
    options: {
      on: { key: 'on', kind: 'flag', needs: '' },
      off: { key: 'off', kind: 'flag', needs: '' },
    },
  },
  {
    words: 'staff territories',
    name: 'staff-territories',
    usage: '<id> --territory <code> [--territory <code> …]',
    says: ['sets which territories somebody serves; requests of those left out go to others, families stay'],
    example: `${someId} --territory leninsky`,
    argument: staffId,
    options: { territory: territoryOption(true) },
  },
  {
    words: 'staff absence',
    name: 'staff-absence',
    usage: '<id> [[--from <day or time>] --until <day or time>|--end]',
    says: [
      'shows when somebody is absent, or records it, the last day included; their requests go to others meanwhile, and',
      'supervisors are told of visits on these days; --end ends what is recorded',
    ],
    example: `${someId} --from 2026-12-01 --until 2026-12-05`,
    argument: staffId,
    options: {
      from: {
        key: 'from',
        kind: 'text',
        needs: 'a day such as 2026-12-01, or a time with its offset; before --until',
      },
      until: {
        key: 'until',
        kind: 'text',
        needs: 'a day such as 2026-12-05, or a time with its offset, and without --end',
      },
      end: { key: 'end', kind: 'flag', needs: '' },
    },
  },
  {
    words: 'staff photo',
    name: 'staff-photo-file',
    usage: '<id> --file <photo.jpg>|-|--remove',
    says: [
      'sets the photo by which families recognise a visitor, from a JPEG or PNG of at most 500 KB; - reads standard input;',
      'place, time and device are removed from it; --remove deletes it',
    ],
    example: `${someId} --file photo.jpg`,
    argument: staffId,
    options: {
      file: {
        key: 'file',
        kind: 'text',
        needs: 'the name of a JPEG or PNG, or - for standard input; or say --remove alone',
      },
      remove: { key: 'remove', kind: 'flag', needs: '' },
    },
  },
  { words: 'staff list', name: 'staff-list', usage: '', example: '', says: ['lists all staff'] },
]
