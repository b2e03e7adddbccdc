import { z } from 'zod'
import type { StartCause, StartCauseCode } from '#control/start-errors.ts'

/** `must`: people are not served, or not safely, until it is mended. `should`: it works, and something is missing. */
export const severities = ['must', 'should'] as const
export type Severity = (typeof severities)[number]

/** Whether the port is free is not asked: the app itself may run. */
type CauseCode = Exclude<StartCauseCode, 'port.taken' | 'port.not-allowed' | 'host.not-here'>

type Values = Record<string, string | number>
type Own = { severity: Severity; text: (values: Values) => string }

/** What only the doctor finds: `cause: what to do`. */
const own = {
  'settings.invalid': { severity: 'must', text: ({ problem }) => String(problem) },
  'telegram.webhook-absent': {
    severity: 'must',
    text: () => 'Telegram has no webhook for this bot, and PUBLIC_URL is set: start the app, which sets it',
  },
  'telegram.webhook-elsewhere': {
    severity: 'must',
    text: ({ host, ours }) =>
      `Telegram sends this bot’s updates to ${host}, and PUBLIC_URL is ${ours}: stop the other installation, or give each a bot of its own, and start this app again`,
  },
  'telegram.webhook-failing': {
    severity: 'must',
    text: ({ minutes, said, waiting }) =>
      `Telegram could not hand over updates ${minutes} min ago («${said}»; ${waiting} are waiting): check the proxy and certificate at PUBLIC_URL, and TELEGRAM_WEBHOOK_SECRET`,
  },
  'telegram.webhook-behind': {
    severity: 'should',
    text: ({ waiting }) =>
      `${waiting} updates wait at Telegram: look at the log of the app, and whether it has processor and connections enough`,
  },
  'telegram.webhook-left': {
    severity: 'should',
    text: ({ host }) =>
      `Telegram has a webhook for this bot (${host}), and PUBLIC_URL is empty: the app removes it when it starts; if another installation set it, give each a bot of its own`,
  },
  'telegram.not-understood': {
    severity: 'must',
    text: ({ host }) =>
      `${host} does not answer as Telegram does: correct TELEGRAM_API_ROOT, or see what stands in between`,
  },
  'clock.off': {
    severity: 'must',
    text: ({ seconds, than }) =>
      `The clock of this machine is ${seconds} s off that of ${than}: turn on time synchronisation (timedatectl set-ntp true)`,
  },
  'database.failed': {
    severity: 'must',
    text: ({ code }) => `The database fails with ${code}: see its log`,
  },
  'database.user-owns': {
    severity: 'should',
    text: ({ user }) =>
      `${user} owns the tables and could change what proves something: use the two users of docs/operations.md`,
  },
  'database.rights-lacking': {
    severity: 'must',
    text: ({ user, rights }) =>
      `${user} lacks rights (${rights}): run «ryadom database setup» with the owner’s DATABASE_URL`,
  },
  'database.rights-beyond': {
    severity: 'should',
    text: ({ user, rights }) =>
      `${user} could take back evidence (${rights}): run «ryadom database setup» with the owner’s DATABASE_URL`,
  },
  'migrations.pending': {
    severity: 'must',
    text: ({ count }) =>
      `${count} migrations of this version are not applied: start the app as the owner of the tables, or run «ryadom database setup» with the owner’s DATABASE_URL`,
  },
  'migrations.changed': {
    severity: 'must',
    text: ({ names }) =>
      `Migrations were edited after they had been applied (${names}): install this version anew from its release`,
  },
  'migrations.unknown': {
    severity: 'must',
    text: ({ names }) =>
      `The database was prepared by a newer version (${names}): install that version, or a backup of before`,
  },
  'keys.incomplete': {
    severity: 'must',
    text: ({ failed, of }) =>
      `${failed} of the ${of} newest sealed rows open with none of DATA_KEYS: add the key that was used, with its id`,
  },
  'redis.away': {
    severity: 'must',
    text: ({ host, cause }) =>
      `Redis at ${host} cannot be reached (${cause}): start it, or correct REDIS_URL; people lose their screens meanwhile`,
  },
  'redis.absent': {
    severity: 'should',
    text: () =>
      'REDIS_URL is empty: a restart closes what people have on their screens, and two instances do not know of each other’s. Set it',
  },
  'redis.persists': {
    severity: 'should',
    text: () =>
      'Redis writes what it holds to a disk: set save "" and appendonly no there; screens need no backup',
  },
  'keys.rotation-due': {
    severity: 'should',
    text: ({ erasures, since }) =>
      `${erasures} erasures ${since}: whoever has a copy of the whole cluster from before them (WAL, a snapshot of a disk, the embedded folder) and the key of DATA_KEYS can still open what was erased. Put a new key in front of DATA_KEYS, run «ryadom keys rotate», and destroy the earlier key where it is kept`,
  },
  'retention.closed-cases': {
    severity: 'should',
    text: () =>
      'CLOSED_CASES_YEARS is empty, so closed cases are kept for ever: ask who is responsible for personal data how long the centre keeps them, and set it',
  },
  'disk.full': {
    severity: 'must',
    text: ({ dir, mebibytes }) => `${mebibytes} MiB are left for ${dir}: make room, or move DATA_DIR`,
  },
  'disk.low': {
    severity: 'should',
    text: ({ dir, mebibytes }) => `${mebibytes} MiB are left for ${dir}: make room before it is full`,
  },
  'disk.not-writable': {
    severity: 'must',
    text: ({ dir }) => `${dir} cannot be written to by this user: correct its owner, or DATA_DIR`,
  },
  'staff.no-intake': {
    severity: 'must',
    text: () =>
      'No intake specialist has joined, so nobody is told of a request: «ryadom staff add --role intake …», or a new link: «ryadom staff link <id>»',
  },
  'staff.no-supervisor': {
    severity: 'must',
    text: () =>
      'No supervisor has joined, so nobody is told of what is forgotten or urgent: «ryadom staff add --role supervisor …», or a new link: «ryadom staff link <id>»',
  },
  'staff.no-curator': {
    severity: 'should',
    text: () =>
      'No curator has joined, and each family needs one: «ryadom staff add --role curator …», or a new link: «ryadom staff link <id>»',
  },
  'staff.territory-uncovered': {
    severity: 'should',
    text: ({ territories }) =>
      `Nobody is there for requests of ${territories}, which go to any intake specialist: add «--territory» to somebody, or «ryadom staff add»`,
  },
  'words.none': {
    severity: 'should',
    text: () =>
      'The centre’s list of alarming words is empty: review docs/alarming-words.json with a psychologist and put it there (docs/operations.md, «Alarming words»)',
  },
  'calendar.year-missing': {
    severity: 'should',
    text: ({ year }) =>
      `The production calendar has no decree for ${year}, so deadlines of that year may come too early: install a version that has it, or add its days: «ryadom days-off add»`,
  },
  'calendar.region-missing': {
    severity: 'should',
    text: ({ year, region }) =>
      `The calendar has no days off of the region «${region}» for ${year}, so deadlines of that year may come too early: install a version that has them, or add them: «ryadom days-off add»`,
  },
} as const satisfies Record<string, Own>

type OwnCode = keyof typeof own
export type FindingCode = OwnCode | CauseCode

/** Causes that pass by themselves, or that the app goes on without. */
const passing: ReadonlySet<string> = new Set<CauseCode>(['database.starting'])

const findingSchema = z.strictObject({
  code: z.string().transform((code) => code as FindingCode),
  severity: z.enum(severities),
  text: z.string(),
})
export type Finding = z.infer<typeof findingSchema>

export const checkNames = [
  'settings',
  'telegram',
  'clock',
  'redis',
  'disk',
  'database',
  'rights',
  'migrations',
  'data',
  'staff',
  'words',
  'calendar',
] as const
export type CheckName = (typeof checkNames)[number]

/** The result of one check; `skipped`: why it was not made. */
export const checkedSchema = z.strictObject({
  check: z.enum(checkNames),
  findings: z.array(findingSchema),
  skipped: z.string().optional(),
})
export type Checked = z.infer<typeof checkedSchema>

export const found = (code: OwnCode, values: Values = {}): Finding => {
  const { severity, text }: Own = own[code]
  return { code, severity, text: text(values) }
}

/** A cause that a start has words for, too. */
export const foundCause = ({ code, text }: StartCause): Finding => ({
  code: code as CauseCode,
  severity: passing.has(code) ? 'should' : 'must',
  text,
})

export const mustBeMended = (checked: readonly Checked[]): boolean =>
  checked.some(({ findings }) => findings.some(({ severity }) => severity === 'must'))
