import { type NetworkFault, networkFault } from '#core/network-faults.ts'
import { StartRefused } from '#core/start-refused.ts'
import type { Config } from '#src/config.ts'
import { type ConnectionFault, connectionFault } from '#storage/connection-faults.ts'

type Named = { name?: unknown; code?: unknown; error_code?: unknown; syscall?: unknown }

/**
 * The cause of a failed start in words, without any secret; null if it is none that an operator can mend. Drivers quote
 * users and passwords in their messages, so only codes are read.
 */
export const explainStart = (error: unknown, config: Config): string | null => {
  if (error instanceof StartRefused) return error.message
  const { code, error_code: refusal, name, syscall } = (error ?? {}) as Named
  if (code === 'EADDRINUSE')
    return `port ${config.port} is already in use: choose another, for example PORT=3001`
  if (code === 'EACCES' && syscall === 'listen')
    return `port ${config.port} may not be used by this user: choose one above 1023, for example PORT=3001`
  if (syscall === 'listen')
    return `HOST (${config.host}) is no address of this machine: try 127.0.0.1 or 0.0.0.0`
  if (refusal === 401 || refusal === 404)
    return `Telegram does not know this bot (${refusal}): check TELEGRAM_BOT_TOKEN, or get a new token from @BotFather`
  if (name === 'HttpError')
    return `Telegram cannot be reached at ${apiRootOf(config)}${because(networkFault(error))}: check the network, or TELEGRAM_API_ROOT`
  if (config.database.kind !== 'postgres') return null
  const { host, pathname } = new URL(config.database.url)
  if (code === '42501')
    return `The user of DATABASE_URL lacks a right in «${decodeURIComponent(pathname.slice(1))}»: run «ryadom database setup» as the owner, see docs/operations.md`
  const fault = connectionFault(error)
  if (fault === null) return null
  return ofDatabase[fault]({ host, database: decodeURIComponent(pathname.slice(1)), code: String(code) })
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
