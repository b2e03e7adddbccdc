import { type NetworkFault, networkFault } from '#core/network-faults.ts'
import { type Refusal, StartRefused } from '#core/start-refused.ts'
import type { Config } from '#src/config.ts'
import { type ConnectionFault, connectionFault } from '#storage/connection-faults.ts'

type Named = { name?: unknown; code?: unknown; error_code?: unknown; syscall?: unknown }

/** A cause that an operator can mend, by the code that `ryadom doctor` has for it. */
export type StartCause = { code: StartCauseCode; text: string }
export type StartCauseCode =
  | Refusal
  | `database.${ConnectionFault}`
  | 'port.taken'
  | 'port.not-allowed'
  | 'host.not-here'
  | 'telegram.token-refused'
  | 'telegram.unreachable'

/** The cause of a failed start in words, without any secret; null if it is none that an operator can mend. */
export const explainStart = (error: unknown, config: Config): string | null =>
  startCause(error, config)?.text ?? null

/**
 * Finds the cause of a failed start, or of a failed look at something that a start needs. Drivers quote users and
 * passwords in their messages, so only codes are read.
 */
export const startCause = (error: unknown, config: Config): StartCause | null => {
  if (error instanceof StartRefused) return { code: error.code, text: error.message }
  const { code, error_code: refusal, name, syscall } = (error ?? {}) as Named
  if (code === 'EADDRINUSE')
    return {
      code: 'port.taken',
      text: `port ${config.port} is already in use: choose another, for example PORT=3001`,
    }
  if (code === 'EACCES' && syscall === 'listen')
    return {
      code: 'port.not-allowed',
      text: `port ${config.port} may not be used by this user: choose one above 1023, for example PORT=3001`,
    }
  if (syscall === 'listen')
    return {
      code: 'host.not-here',
      text: `HOST (${config.host}) is no address of this machine: try 127.0.0.1 or 0.0.0.0`,
    }
  if (refusal === 401 || refusal === 404)
    return {
      code: 'telegram.token-refused',
      text: `Telegram does not know this bot (${refusal}): check TELEGRAM_BOT_TOKEN, or get a new token from @BotFather`,
    }
  if (name === 'HttpError')
    return {
      code: 'telegram.unreachable',
      text: `Telegram cannot be reached at ${apiRootOf(config)}${because(networkFault(error))}: check the network, or TELEGRAM_API_ROOT`,
    }
  if (config.database.kind !== 'postgres') return null
  const { host, pathname } = new URL(config.database.url)
  const database = decodeURIComponent(pathname.slice(1))
  if (code === '42501')
    return {
      code: 'database.rights-missing',
      text: `The user of DATABASE_URL lacks a right in «${database}»: run «ryadom database setup» as the owner, see docs/operations.md`,
    }
  const fault = connectionFault(error)
  if (fault === null) return null
  return { code: `database.${fault}`, text: ofDatabase[fault]({ host, database, code: String(code) }) }
}

type At = { host: string; database: string; code: string }

const ofDatabase: Record<ConnectionFault, (at: At) => string> = {
  'user-refused': ({ host }) => `PostgreSQL at ${host} rejects the user or the password in DATABASE_URL`,
  'not-admitted': ({ host }) =>
    `PostgreSQL at ${host} does not let this user in (pg_hba.conf, or TLS is required): see DATABASE_URL`,
  'no-database': ({ host, database }) =>
    `PostgreSQL at ${host} has no database «${database}»: create it, or correct DATABASE_URL`,
  'startup-parameter': ({ host }) =>
    `A connection pooler answers at ${host} and takes no startup parameters: name PostgreSQL itself in DATABASE_URL, or a pool in session mode with ignore_startup_parameters = options, statement_timeout, idle_in_transaction_session_timeout`,
  certificate: ({ host, code }) =>
    `The certificate of PostgreSQL at ${host} is not trusted (${code}): name its CA in NODE_EXTRA_CA_CERTS, or in sslrootcert of DATABASE_URL`,
  'no-tls': ({ host }) =>
    `PostgreSQL at ${host} does not speak TLS: remove sslmode from DATABASE_URL, or turn TLS on there`,
  'too-many-connections': ({ host }) =>
    `PostgreSQL at ${host} has no connection left: raise max_connections, the app needs about 20`,
  starting: ({ host }) => `PostgreSQL at ${host} is starting: try again`,
  'host-unknown': ({ host }) =>
    `The host in DATABASE_URL (${host}) is unknown here: correct it, or check the DNS`,
  'port-refused': ({ host }) =>
    `Nothing listens at ${host}: start PostgreSQL, or correct host and port in DATABASE_URL`,
  'no-answer': ({ host }) =>
    `PostgreSQL at ${host} does not answer: check host and port in DATABASE_URL, and the firewall`,
  'no-route': ({ host }) => `There is no way to ${host}: check the host in DATABASE_URL, and the network`,
  'hung-up': ({ host }) => `${host} hangs up: is that PostgreSQL? Check the port in DATABASE_URL`,
}

const reasons: Partial<Record<NetworkFault, string>> = {
  'host-unknown': 'its host is unknown here',
  'port-refused': 'nothing listens there',
  'no-answer': 'no answer',
  'no-route': 'there is no way to it',
  certificate: 'its certificate is not trusted; NODE_EXTRA_CA_CERTS names another CA',
  'no-tls': 'it does not speak TLS',
}

const because = (fault: NetworkFault | null): string => {
  const reason = fault && reasons[fault]
  return reason ? ` (${reason})` : ''
}

const apiRootOf = ({ telegram }: Config): string =>
  telegram ? new URL(telegram.apiRoot).origin : 'its address'
