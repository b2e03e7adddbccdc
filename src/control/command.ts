import { z } from 'zod'
import type { OidcSettings } from '#console/sign-in/oidc.ts'
import type { Clock } from '#core/clock.ts'
import { languages, type Texts } from '#core/text.ts'
import type { Organisation } from '#features/consents/consent-texts.ts'
import { sheetSchema } from '#features/plan/spreadsheet/cells.ts'
import type { ImportDeps } from '#features/plan/spreadsheet/import-plans.ts'
import { defaultKeyDays, mostKeyDays } from '#features/staff/api-keys.ts'
import { scopes } from '#features/staff/api-scopes.ts'
import { maxPhotoBytes } from '#features/staff/staff-photo.ts'
import { longestName } from '#features/territories/change-territories.ts'
import type { TerritoryBook } from '#features/territories/territory-book.ts'
import type { Enqueue } from '#queue/queues.ts'
import { spokenBeginning } from '#regions/territories.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import type { Checked } from './doctor/findings.ts'

/** A number, or its digits as they are typed. */
const wholeNumber = (within: z.ZodInt) =>
  z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{1,6}$/, 'must be a whole number')
        .transform(Number),
    ])
    .pipe(within)

const territoryCode = z
  .string()
  .min(2)
  .max(64)
  .regex(/^[a-z]+(-[a-z0-9]+)*$/, 'must be small Latin letters and digits, with hyphens')
const territoryName = z.string().trim().min(2).max(longestName)
const territorySettings = {
  /** Beginnings of the words by which people call it; empty: found in its names. */
  called: z.array(spokenBeginning).max(20),
  areaCode: z
    .string()
    .regex(/^\d{3,5}$/, 'must have three to five digits')
    .optional(),
}

const dayOrMoment = z.union([z.iso.date(), z.iso.datetime({ offset: true })])

/** Commands of operators, as sent over the control socket. */
export const commandSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('staff-add'),
    staffName: z.string().trim().min(1).max(64),
    role: z.enum(staffRoles),
    territories: z.array(z.string().min(1)).min(1),
  }),
  z.strictObject({ name: z.literal('staff-link'), staffId: z.uuid() }),
  z.strictObject({ name: z.literal('staff-lost-phone'), staffId: z.uuid() }),
  z.strictObject({ name: z.literal('staff-work'), staffId: z.uuid() }),
  z.strictObject({
    name: z.literal('staff-leave'),
    staffId: z.uuid(),
    to: z.union([z.literal('evenly'), z.uuid()]),
    /** It was confirmed; asked for where it is typed (src/cli/confirm-leave.ts). */
    yes: z.boolean().optional(),
  }),
  z.strictObject({ name: z.literal('staff-role'), staffId: z.uuid(), role: z.enum(staffRoles) }),
  z
    .strictObject({
      name: z.literal('staff-administers'),
      staffId: z.uuid(),
      on: z.boolean(),
      off: z.boolean(),
    })
    .refine(({ on, off }) => on !== off, { path: ['on'] }),
  z.strictObject({
    name: z.literal('staff-hours'),
    staffId: z.uuid(),
    /** `always`, or lines such as `mon-fri 09:00-13:00,14:00-18:00`; empty: shows them. */
    on: z.array(z.string().min(1).max(200)).max(20),
  }),
  z.strictObject({
    name: z.literal('staff-photo'),
    staffId: z.uuid(),
    /** JPEG or PNG in base64; null: removes it. */
    image: z
      .base64()
      .max(Math.ceil(maxPhotoBytes / 3) * 4)
      .nullable(),
  }),
  z
    .strictObject({
      name: z.literal('staff-absence'),
      staffId: z.uuid(),
      /** Days or moments; a day begins and ends in the region's time zone. Without any of the three: shows what is recorded. */
      from: dayOrMoment.optional(),
      until: dayOrMoment.optional(),
      end: z.boolean(),
    })
    .refine(({ from, until }) => from === undefined || until !== undefined, { path: ['until'] })
    .refine(({ until, end }) => !end || until === undefined, { path: ['until'] }),
  z.strictObject({
    name: z.literal('staff-territories'),
    staffId: z.uuid(),
    territories: z.array(z.string().min(1)).min(1),
  }),
  z.strictObject({ name: z.literal('staff-list') }),
  z.strictObject({ name: z.literal('console-link'), who: z.string().trim().min(2).max(64) }),
  z
    .strictObject({
      name: z.literal('console-identity'),
      staffId: z.uuid(),
      value: z.string().trim().min(1).max(300).optional(),
      remove: z.boolean(),
    })
    .refine(({ value, remove }) => (value !== undefined) !== remove, { path: ['value'] }),
  z.strictObject({
    name: z.literal('territory-add'),
    code: territoryCode,
    ru: territoryName,
    en: territoryName,
    ...territorySettings,
  }),
  z.strictObject({
    name: z.literal('territory-rename'),
    code: territoryCode,
    ru: territoryName.optional(),
    en: territoryName.optional(),
    ...territorySettings,
  }),
  z.strictObject({
    name: z.literal('territory-retire'),
    code: territoryCode,
    to: territoryCode.optional(),
  }),
  z.strictObject({ name: z.literal('keys-rotate') }),
  z.strictObject({ name: z.literal('territory-list') }),
  z.strictObject({
    name: z.literal('days-off-add'),
    day: z.iso.date(),
    // Lists are printed as tab-separated lines.
    act: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
    working: z.boolean(),
  }),
  z.strictObject({ name: z.literal('days-off-remove'), day: z.iso.date() }),
  z.strictObject({ name: z.literal('days-off-list') }),
  z.strictObject({
    name: z.literal('key-create'),
    // Lists of keys are printed as tab-separated lines.
    keyName: z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(/^\P{Cc}*$/u, 'must not contain control characters'),
    scopes: z.array(z.enum(scopes)).min(1),
    territories: z.array(z.string().min(1)),
    days: wholeNumber(z.int().min(1).max(mostKeyDays)).default(defaultKeyDays),
  }),
  z.strictObject({ name: z.literal('key-list') }),
  z.strictObject({ name: z.literal('key-revoke'), keyId: z.uuid() }),
  z.strictObject({
    name: z.literal('audit-verify'),
    /** Published heads to compare with: `<day>:<hash>`. */
    heads: z.array(z.string().regex(/^\d{4}-\d{2}-\d{2}:[0-9a-f]{64}$/, 'must be <day>:<hash>')).max(4000),
  }),
  z.strictObject({
    name: z.literal('access-end'),
    /** A staff member, or a member of a family. */
    memberId: z.uuid(),
  }),
  z.strictObject({
    name: z.literal('access-limit'),
    /** A staff member or a key. */
    actorId: z.uuid(),
    perHour: z.union([z.literal('usual'), wholeNumber(z.int().min(1).max(100_000))]),
  }),
  z.strictObject({
    name: z.literal('audit-seen'),
    /** A staff member or a key. */
    actorId: z.uuid(),
    since: dayOrMoment,
  }),
  z.strictObject({
    name: z.literal('retention'),
    /** Lists only. */
    check: z.boolean(),
  }),
  z.strictObject({
    name: z.literal('incident-draft'),
    /** A staff member or a key; absent: all that is stored. */
    actorId: z.uuid().optional(),
    since: dayOrMoment,
    found: z.iso.datetime({ offset: true }),
    language: z.enum(languages).default('ru'),
  }),
  /** What `ryadom doctor` asks a running app about its embedded database. */
  z.strictObject({ name: z.literal('doctor') }),
  z.strictObject({
    name: z.literal('plan-import'),
    sheets: z.array(sheetSchema).max(20),
    /** Validates only. */
    check: z.boolean(),
  }),
])
export type Command = z.infer<typeof commandSchema>

export type CommandDeps = {
  db: Database
  clock: Clock
  botUsername: () => Promise<string>
  territories: Pick<TerritoryBook, 'open' | 'refresh' | 'region' | 'nameOf'>
  /** Prints a line of what takes long; a command of a running app prints all at its end. */
  print?: (line: string) => void
  /** Adds a job; the queues are opened on demand. */
  enqueue: () => Promise<Enqueue>
  /** What the doctor finds in the database; given by a running app, which has an embedded one to itself. */
  examine?: () => Promise<Checked[]>
  /** Where the console is, and which sign-in the centre has; created on demand. */
  desk: () => Promise<{
    sealer: Sealer
    pagesUrl: string | undefined
    oidc: Pick<OidcSettings, 'issuer' | 'claim'> | undefined
  }>
  /** For how many years the centre keeps closed cases; undefined: it has not said. */
  closedYears?: number | undefined
  /** The centre's texts and itself, for documents that name it; `organisation` undefined: not set. Created on demand. */
  notices: () => Promise<{ texts: Texts; organisation: Organisation | undefined }>
  /** Dependencies of a plan import; created on demand. */
  planning: () => Promise<ImportDeps>
}
