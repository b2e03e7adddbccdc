import { z } from 'zod'
import type { OidcSettings } from '#console/sign-in/oidc.ts'
import { logLevels } from '#core/log.ts'
import { type Helpline, helplineSchema } from '#features/danger/helplines.ts'
import { type AllowedReceiver, parseAllowedReceiver } from '#features/webhooks/allowed-receivers.ts'
import { regionCodes } from '#regions/index.ts'
import type { SealKey } from '#storage/seal.ts'

type Variable<T> = { schema: z.ZodType<T, string>; expected: string; example: string }

const variable = <T>(schema: z.ZodType<T, string>, expected: string, example: string): Variable<T> => ({
  schema,
  expected,
  example,
})

const address = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol))

const website = address(['http:', 'https:']).transform((text) => text.replace(/\/+$/, ''))

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number < 65_536)

const dataKeys = z.string().transform((text, context): SealKey[] => {
  const keys = text.split(',').map((one) => {
    const [, id = '', key = ''] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)\s*$/.exec(one) ?? []
    return { id, key: Buffer.from(key, 'base64') }
  })
  const ids = new Set(keys.map(({ id }) => id))
  if (ids.size === keys.length && keys.every(({ id, key }) => id && key.length === 32)) return keys
  context.addIssue({ code: 'custom' })
  return z.NEVER
})

const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const words = z.string().max(300)

/** Every environment variable: its schema, a description of the expected value, and an example. */
const variables = {
  TELEGRAM_BOT_TOKEN: variable(
    z.string().regex(/^\d+:[A-Za-z0-9_-]+$/),
    'the bot token from @BotFather',
    '123456789:AAExampleExampleExampleExampleExam',
  ),
  TELEGRAM_API_ROOT: variable(website, 'the URL of a Bot API server', 'https://api.telegram.org'),
  PUBLIC_URL: variable(website, 'the URL at which Telegram reaches the app', 'https://bot.example.org'),
  LOCAL_URL: variable(
    website,
    "the URL of pages for staff inside the centre's network: https, or http at a private address or an internal name",
    'http://10.0.0.5:3000',
  ),
  OIDC_ISSUER: variable(
    website,
    "the URL of the centre's own sign-in (OpenID Connect): https, or http at a private address or an internal name",
    'https://login.centre.example',
  ),
  OIDC_CLIENT_ID: variable(
    z.string().regex(/^[\x21-\x7e]{1,200}$/),
    'the id under which the sign-in knows this app',
    'ryadom',
  ),
  OIDC_CLIENT_SECRET: variable(
    z.string().regex(/^[\x20-\x7e]{16,500}$/),
    'at least 16 printable characters, as the sign-in gave them',
    '$(openssl rand -hex 32)',
  ),
  OIDC_CLAIM: variable(
    z.string().regex(/^[A-Za-z0-9_:./-]{1,100}$/),
    'the claim that says who somebody is; email counts only if it is verified',
    'sub',
  ),
  TELEGRAM_WEBHOOK_SECRET: variable(
    z.string().regex(/^[A-Za-z0-9_-]{16,256}$/),
    '16–256 characters of A-Z, a-z, 0-9, _ and -',
    '$(openssl rand -hex 32)',
  ),
  DATABASE_URL: variable(
    address(['postgres:', 'postgresql:']),
    'a PostgreSQL URL',
    'postgresql://ryadom:password@127.0.0.1:5432/ryadom',
  ),
  DATA_DIR: variable(z.string(), 'a writable directory', '.data'),
  DATA_KEYS: variable(
    dataKeys,
    '32-byte keys as id:base64, comma-separated, with unique ids; the first one encrypts',
    '"2026:$(openssl rand -base64 32)"',
  ),
  KEYS_BESIDE_DATA: variable(
    z.literal('yes').transform(() => true as const),
    'yes, if whoever takes the data folder may take its keys with it',
    'yes',
  ),
  REDIS_URL: variable(address(['redis:', 'rediss:']), 'a Redis URL', 'redis://127.0.0.1:6379'),
  HOST: variable(z.string().regex(/^[A-Za-z0-9.:-]+$/), 'the address to listen on', '127.0.0.1'),
  PORT: variable(port, 'a port number, 0 for any free port', '3000'),
  METRICS_TOKEN: variable(
    z.string().regex(/^[\x21-\x7e]{16,256}$/),
    '16–256 printable characters without spaces, which Prometheus sends as a bearer token',
    '$(openssl rand -hex 32)',
  ),
  METRICS_PORT: variable(port, 'a port number for /metrics alone, which nobody outside may reach', '9464'),
  WEBHOOK_PORTS: variable(
    z
      .string()
      .regex(/^\d{1,5}(\s*,\s*\d{1,5}){0,9}$/)
      .transform((text) => text.split(',').map(Number))
      .refine((ports) => ports.every((port) => port > 0 && port < 65_536)),
    'up to ten ports at which receivers of webhooks may listen, comma-separated',
    '443,8443',
  ),
  WEBHOOK_ALLOW: variable(
    z.string().transform((text, context): AllowedReceiver[] => {
      const parsed = text.split(',').map(parseAllowedReceiver)
      const known = parsed.filter((one) => one !== null)
      if (known.length === parsed.length && known.length <= 50) return known
      context.addIssue({ code: 'custom' })
      return z.NEVER
    }),
    "up to 50 receivers inside the centre's network, comma-separated: a name or a network, with a port, and with http:// if it has no TLS",
    'crm.centre.lan,10.2.0.0/16,http://127.0.0.1:8080',
  ),
  REGION: variable(z.enum(regionCodes), `one of ${regionCodes.join(', ')}`, regionCodes[0]),
  REGION_FILE: variable(
    z.string(),
    "a file with a region's rules and words, instead of REGION (docs/operations.md)",
    'my-region.json',
  ),
  ORGANISATION_NAME: variable(words, "the centre's full name", '"State centre of social help to families"'),
  ORGANISATION_ADDRESS: variable(words, "the centre's postal address", '"355000, Stavropol, Lenina st., 1"'),
  ORGANISATION_CONTACT: variable(
    words,
    'the contact for questions about personal data',
    '"+7 8652 00-00-00"',
  ),
  NEUTRAL_LINE: variable(
    z.string().trim().min(1).max(200),
    'the one line that is left of a chat that somebody hides; it must not tell whose bot this is',
    '"Nothing here yet."',
  ),
  NEUTRAL_WORD: variable(
    z
      .string()
      .trim()
      .regex(/^\p{L}{3,30}$/u),
    'one word of 3–30 letters that brings a hidden chat back; nobody who looks around should type it by chance',
    'weather',
  ),
  CLOSED_CASES_YEARS: variable(
    z
      .string()
      .regex(/^[1-9]\d?$/)
      .transform(Number),
    'for how many years closed cases are kept, 1–99, as the centre’s rules of storage say',
    '5',
  ),
  HELPLINES: variable(
    z.string().transform((text, context): Helpline[] => {
      const parsed = z.array(helplineSchema).max(40).safeParse(fromJson(text))
      if (parsed.success) return parsed.data
      context.addIssue({ code: 'custom' })
      return z.NEVER
    }),
    'a JSON list of the numbers that the centre has confirmed (docs/helplines.md)',
    `'[{"number":"8-800-700-54-52","name":{"ru":"LizaAlert","en":"LizaAlert"},"confirmedBy":"A. Orlova","confirmedOn":"2026-11-20"}]'`,
  ),
  LOG_LEVEL: variable(z.enum(logLevels), `one of ${logLevels.join(', ')}`, 'info'),
}

export type VariableName = keyof typeof variables
type Values = {
  [Name in VariableName]?: (typeof variables)[Name] extends Variable<infer T> ? T : never
}

/**
 * Reads each variable on its own; an empty one counts as absent. `need` and `refuse` report problems that only
 * show in combination. A problem never quotes the value, which may be a secret.
 */
export const readVariables = (env: Record<string, string | undefined>) => {
  const problems: string[] = []
  const value: Values = {}
  const complain = (name: VariableName, what: string) => {
    if (problems.some((problem) => problem.startsWith(`${name} `))) return
    const { expected, example } = variables[name]
    problems.push(`${name} ${what}. Expected: ${expected}. Example: ${name}=${example}`)
  }
  const read = <Name extends VariableName>(name: Name) => {
    const text = env[name]?.trim()
    if (!text) return
    const result = variables[name].schema.safeParse(text)
    if (result.success) value[name] = result.data as Values[Name]
    else complain(name, 'is invalid')
  }
  for (const name of Object.keys(variables) as VariableName[]) read(name)
  return {
    value,
    problems: problems as readonly string[],
    need: (name: VariableName, why: string) => {
      if (value[name] === undefined) complain(name, `is missing: ${why}`)
    },
    refuse: (name: VariableName, why: string) => complain(name, why),
  }
}

/** What has to be true of the centre's sign-in. `reached`: there is a page to come back to. */
export const checkOidc = (
  { value, need, refuse }: ReturnType<typeof readVariables>,
  { reached, isInside }: { reached: boolean; isInside: (address: string) => boolean },
): void => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret, OIDC_CLAIM: claim } = value
  if (issuer === undefined) {
    if (id ?? secret ?? claim) need('OIDC_ISSUER', 'the other OIDC variables say nothing without it')
    return
  }
  need('OIDC_CLIENT_ID', 'OIDC_ISSUER must know which app asks')
  need('OIDC_CLIENT_SECRET', 'OIDC_ISSUER must know that it is this app that asks')
  if (!isInside(issuer)) refuse('OIDC_ISSUER', 'must not be plain http outside a private network')
  if (!reached) refuse('OIDC_ISSUER', 'requires PUBLIC_URL or LOCAL_URL: there is no page to come back to')
}

export const oidcOf = ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
  OIDC_CLIENT_SECRET: clientSecret,
  OIDC_CLAIM: claim = 'sub',
}: Values): { oidc?: OidcSettings } =>
  issuer && clientId && clientSecret ? { oidc: { issuer, clientId, clientSecret, claim } } : {}
