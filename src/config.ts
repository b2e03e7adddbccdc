import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { isAbsolute, resolve } from 'node:path'
import type { OidcSettings } from '#console/sign-in/oidc.ts'
import type { LogLevel } from '#core/log.ts'
import { type Language, languages, type MoreTexts } from '#core/text.ts'
import type { Helpline } from '#features/danger/helplines.ts'
import { type Neutral, neutralOf, tellsWhose } from '#features/hiding/neutral-setting.ts'
import { bare } from '#features/webhooks/allowed-receivers.ts'
import { isLoopback, isPrivate } from '#features/webhooks/private-addresses.ts'
import { type GuardSettings, isInternalName } from '#features/webhooks/ssrf-guard.ts'
import { type RegionCode, region } from '#regions/index.ts'
import { InvalidRegionFile, type OwnRegion, readRegionFile } from '#regions/region-file.ts'
import type { NamedElsewhere } from '#regions/region-file-faults.ts'
import type { Region } from '#regions/schema.ts'
import type { SealKey } from '#storage/seal.ts'
import { checkOidc, oidcOf, readVariables } from './environment.ts'

export type Organisation = {
  name: string
  address: string
  contact: string
  /** The numbers that the centre has confirmed. */
  helplines?: Helpline[]
  neutral?: Neutral
}

type Common = {
  database: { kind: 'embedded'; dir: string } | { kind: 'postgres'; url: string }
  redisUrl?: string
  host: string
  port: number
  /** Where staff reach pages inside the centre's network; undefined: only at the public address. */
  localUrl?: string
  /** The centre's own sign-in for the console; undefined: it has none. */
  oidc?: OidcSettings
  /** Where receivers of webhooks may be besides public addresses, and at which ports; undefined: 443 and 8443. */
  receivers: Pick<GuardSettings, 'ports' | 'allowed' | 'ownPorts'>
  /** Who may read `/metrics`: whoever has the token, and whoever reaches the port. Undefined: nobody. */
  metrics?: { token?: string; port?: number }
  region: RegionCode
  /** A region of the centre's own, which then takes the place of `region`: see `regionOf`. */
  ownRegion?: OwnRegion
  /** Keys for sealed columns; undefined with the embedded database, which generates its own (`storage/data-keys.ts`). */
  keys: SealKey[] | undefined
  /** How many years closed cases are kept. */
  closedYears?: number
  logLevel: LogLevel
  dataDir: string
  /** Whether the database runs inside this process. */
  embedded: boolean
}

/** The validated environment. Only these combinations are possible. */
export type Config = Common &
  (
    | { mode: 'sandbox'; telegram?: undefined; organisation?: Organisation }
    | { mode: 'polling'; telegram: { token: string; apiRoot: string }; organisation: Organisation }
    | { mode: 'webhook'; telegram: WebhookTelegram; organisation: Organisation }
  )

type WebhookTelegram = { token: string; apiRoot: string; webhook: { url: string; secret: string } }

/** Every problem of the environment, one line each: the variable, the expected value, an example. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Real families, and a folder that holds the database with its keys: only if the operator says so. */
const besideData =
  'whoever takes the data folder would have its keys, too. If it has a file «keys», move its lines here, with commas between; or set KEYS_BESIDE_DATA=yes'

const publicApi = 'https://api.telegram.org'
const webhookPorts = ['', '443', '80', '88', '8443']

/**
 * Reads the environment. Without a token the app runs in the sandbox, which NODE_ENV=production forbids; a public
 * URL selects the webhook, which requires a secret. Throws ConfigError listing every problem.
 */
export const readConfig = (env: Record<string, string | undefined> = process.env): Config => {
  const variables = readVariables(env)
  const { value, need, refuse, problems } = variables
  const token = value.TELEGRAM_BOT_TOKEN
  const apiRoot = value.TELEGRAM_API_ROOT ?? publicApi
  const url = value.PUBLIC_URL
  const dataDir = absolute(value.DATA_DIR ?? '.data')
  const databaseUrl = value.DATABASE_URL

  if (!given(env, 'TELEGRAM_BOT_TOKEN')) {
    if (url !== undefined) refuse('PUBLIC_URL', 'requires TELEGRAM_BOT_TOKEN')
    if (env.NODE_ENV === 'production') need('TELEGRAM_BOT_TOKEN', 'the sandbox does not run in production')
  } else {
    for (const name of organisationNames) need(name, 'the consent texts name the data controller')
    if (given(env, 'PUBLIC_URL')) need('TELEGRAM_WEBHOOK_SECRET', 'without it anyone could send updates')
    if (url !== undefined && apiRoot === publicApi && !reachableByTelegram(url)) {
      refuse('PUBLIC_URL', 'must be https on port 443, 80, 88 or 8443, the only ones that Telegram calls')
    }
  }
  if (value.LOCAL_URL !== undefined && !isInside(value.LOCAL_URL)) {
    refuse(
      'LOCAL_URL',
      'must not be plain http outside a private network: what staff read would cross it in the clear',
    )
  }
  const reached = token === undefined || url !== undefined || value.LOCAL_URL !== undefined
  checkOidc(variables, { reached, isInside })
  if (given(env, 'DATABASE_URL')) need('DATA_KEYS', 'keys must not be stored next to the data they encrypt')
  else if (given(env, 'TELEGRAM_BOT_TOKEN') && !value.KEYS_BESIDE_DATA) need('DATA_KEYS', besideData)
  if (value.REGION_FILE !== undefined && value.REGION !== undefined)
    refuse('REGION', 'stands beside REGION_FILE: give one of them')
  const own = ownRegionOf(value.REGION_FILE)
  const all = [...problems, ...(own instanceof InvalidRegionFile ? linesOf(own) : [])]
  if (all.length > 0 || own instanceof InvalidRegionFile) throw new ConfigError(all)

  const common: Common = {
    database: databaseUrl
      ? { kind: 'postgres', url: databaseUrl }
      : { kind: 'embedded', dir: resolve(dataDir, 'database') },
    ...(value.REDIS_URL === undefined ? {} : { redisUrl: value.REDIS_URL }),
    ...(value.LOCAL_URL !== undefined && { localUrl: value.LOCAL_URL }),
    host: value.HOST ?? '127.0.0.1',
    port: value.PORT ?? 3000,
    receivers: {
      ports: value.WEBHOOK_PORTS,
      allowed: value.WEBHOOK_ALLOW,
      ownPorts: [
        value.PORT ?? 3000,
        portOf(databaseUrl, 5432),
        portOf(value.REDIS_URL, 6379),
        ...(value.METRICS_PORT === undefined ? [] : [value.METRICS_PORT]),
      ],
    },
    ...metricsOf(value),
    ...oidcOf(value),
    region: value.REGION ?? 'stavropol',
    ...(own && { ownRegion: own }),
    keys: value.DATA_KEYS,
    ...(value.CLOSED_CASES_YEARS !== undefined && { closedYears: value.CLOSED_CASES_YEARS }),
    logLevel: value.LOG_LEVEL ?? 'info',
    dataDir,
    embedded: databaseUrl === undefined,
  }
  const centre = organisationOf(value)
  const organisation = centre && {
    ...centre,
    ...(value.HELPLINES && { helplines: value.HELPLINES }),
    ...neutralOf(value),
  }
  if (tellsWhose(organisation?.name, value.NEUTRAL_LINE))
    throw new ConfigError(['NEUTRAL_LINE must not name the centre: whoever holds the phone reads it'])
  if (token === undefined || organisation === undefined) {
    return { ...common, mode: 'sandbox', ...(organisation ? { organisation } : {}) }
  }
  const secret = value.TELEGRAM_WEBHOOK_SECRET
  if (url === undefined || secret === undefined) {
    return { ...common, mode: 'polling', telegram: { token, apiRoot }, organisation }
  }
  return { ...common, mode: 'webhook', telegram: { token, apiRoot, webhook: { url, secret } }, organisation }
}

/** The rules that the centre follows. */
export const regionOf = ({ region: code, ownRegion }: Pick<Config, 'region' | 'ownRegion'>): Region =>
  ownRegion?.rules ?? region(code)

/** Texts of a region that is no part of `locales`. */
export const regionTextsOf = ({ ownRegion }: Pick<Config, 'ownRegion'>): MoreTexts =>
  ownRegion
    ? Object.fromEntries(
        languages.map((one) => [one, { regions: { [ownRegion.rules.code]: ownRegion.words[one] } }]),
      )
    : {}

const ownRegionOf = (file: string | undefined): OwnRegion | InvalidRegionFile | null => {
  if (file === undefined) return null
  try {
    return readRegionFile(resolve(file), sharedNames())
  } catch (error) {
    if (error instanceof InvalidRegionFile) return error
    throw error
  }
}

const linesOf = ({ problems }: InvalidRegionFile) => problems.map((problem) => `REGION_FILE ${problem}`)

/** The names that all regions share. */
const sharedNames = (): NamedElsewhere => {
  const of = (language: Language) =>
    JSON.parse(readFileSync(new URL(`../locales/${language}/regions.json`, import.meta.url), 'utf8')).shared
  return { ru: of('ru'), en: of('en') }
}

/** The address of the database alone, for `ryadom database setup`, which needs no other variable. Throws ConfigError. */
export const readDatabaseUrl = (env: Record<string, string | undefined> = process.env): string => {
  const { value, need, problems } = readVariables(env)
  need('DATABASE_URL', 'the embedded database has one user, and prepares itself')
  const [problem] = problems.filter((one) => one.startsWith('DATABASE_URL '))
  if (problem !== undefined || value.DATABASE_URL === undefined) throw new ConfigError([problem ?? ''])
  return value.DATABASE_URL
}

const metricsOf = ({
  METRICS_TOKEN: token,
  METRICS_PORT: port,
}: {
  METRICS_TOKEN?: string
  METRICS_PORT?: number
}): Pick<Common, 'metrics'> =>
  token === undefined && port === undefined
    ? {}
    : { metrics: { ...(token !== undefined && { token }), ...(port !== undefined && { port }) } }

const organisationNames = ['ORGANISATION_NAME', 'ORGANISATION_ADDRESS', 'ORGANISATION_CONTACT'] as const

const organisationOf = (value: Partial<Record<(typeof organisationNames)[number], string>>) => {
  const [name, address, contact] = organisationNames.map((one) => value[one])
  return name && address && contact ? { name, address, contact } : undefined
}

/** Whether the variable is set at all, valid or not: an invalid token must not start the sandbox. */
const given = (env: Record<string, string | undefined>, name: string) => (env[name] ?? '').trim() !== ''

const portOf = (url: string | undefined, usual: number): number =>
  url === undefined ? usual : Number(new URL(url).port) || usual

const absolute = (path: string) => (isAbsolute(path) ? path : resolve(path))

const reachableByTelegram = (address: string) => {
  const { protocol, port } = new URL(address)
  return protocol === 'https:' && webhookPorts.includes(port)
}

/** Whether an address may be used without TLS: one of a private network or of this machine, or a name that only such have. */
const isInside = (address: string): boolean => {
  const { protocol, hostname } = new URL(address)
  const host = bare(hostname)
  if (protocol === 'https:') return true
  return isIP(host) === 0 ? isInternalName(host) : isPrivate(host) || isLoopback(host)
}

export const botIdOf = ({ telegram }: Config): string => telegram?.token.split(':')[0] ?? 'sandbox'

/** Where the app is reached from outside, if it is. */
export const publicUrlOf = (config: Config) =>
  config.mode === 'webhook' ? config.telegram.webhook.url : undefined
