import type { Config } from '#src/config.ts'

type Named = { name?: unknown; code?: unknown; error_code?: unknown; message?: unknown }

/**
 * The cause of a failed start in words, without any secret; null if it is none that an operator can mend. Drivers quote
 * users and passwords in their messages, so only codes are read.
 */
export const explainStart = (error: unknown, config: Config): string | null => {
  const { code, error_code: refusal, name, message } = (error ?? {}) as Named
  if (refusal === 401 || refusal === 404)
    return `Telegram does not know this bot (${refusal}): check TELEGRAM_BOT_TOKEN, or get a new token from @BotFather`
  if (name === 'HttpError')
    return `Telegram cannot be reached at ${apiRootOf(config)}: check the network, or TELEGRAM_API_ROOT`
  if (config.database.kind !== 'postgres') return null
  const { host, pathname } = new URL(config.database.url)
  const database = decodeURIComponent(pathname.slice(1))
  switch (code) {
    case '42501':
      return `The user of DATABASE_URL lacks a right in «${database}»: run «ryadom database setup» as the owner, see docs/operations.md`
    case '28P01':
      return `PostgreSQL at ${host} rejects the user or the password in DATABASE_URL`
    case '28000':
      return `PostgreSQL at ${host} does not let this user in (pg_hba.conf, or TLS is required): see DATABASE_URL`
    case '3D000':
      return `PostgreSQL at ${host} has no database «${database}»: create it, or correct DATABASE_URL`
  }
  if (typeof code === 'string' && /CERT|SIGNATURE|ALTNAME/.test(code))
    return `The certificate of PostgreSQL at ${host} is not trusted (${code}): name its CA in NODE_EXTRA_CA_CERTS, or in sslrootcert of DATABASE_URL`
  if (typeof message === 'string' && /does not support SSL/.test(message))
    return `PostgreSQL at ${host} does not speak TLS: remove sslmode from DATABASE_URL, or turn TLS on there`
  return null
}

const apiRootOf = ({ telegram }: Config): string =>
  telegram ? new URL(telegram.apiRoot).origin : 'its address'
