import { Redis } from 'ioredis'
import type { Log } from '#core/log.ts'
import { networkFault } from '#core/network-faults.ts'
import { StartRefused } from '#core/start-refused.ts'

const slowMs = 1_000

/**
 * Asks Redis once before it is used. Throws StartRefused if it will refuse us for as long as nobody mends the URL; if it is
 * only away, the log says where and why, and the bot works without it.
 */
export const checkRedis = async (url: string, log: Log): Promise<void> => {
  const { host } = new URL(url)
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    connectTimeout: slowMs,
    commandTimeout: slowMs,
  })
  let last: unknown
  redis.on('error', (error) => {
    last ??= error
  })
  try {
    await redis.connect()
    await redis.ping()
    if (last) throw last
  } catch (error) {
    const reason = refusalIn(last) ?? refusalIn(error)
    if (reason) throw new StartRefused(`Redis at ${host} ${reason}`)
    const cause = networkFault(last) ?? networkFault(error) ?? 'unknown'
    log.warn('redis.away', { at: host, cause })
  } finally {
    redis.disconnect()
  }
}

const refusals: readonly [RegExp, string][] = [
  [
    /^NOAUTH|authentication required/i,
    'wants a password: put it into REDIS_URL (redis://:password@host:port)',
  ],
  [
    /^WRONGPASS|invalid (username-)?password|AUTH .*without any password/i,
    'rejects the user or the password in REDIS_URL',
  ],
  [
    /DB index is out of range|invalid DB index/i,
    'has no database of this number: correct the path of REDIS_URL',
  ],
  [/^NOPERM/i, 'does not let this user do what the app needs: see its ACL'],
]

/** What Redis answers is its own text: it repeats no password. */
const refusalIn = (error: unknown): string | undefined => {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown }
  const cert = /CERT|SIGNATURE|ALTNAME/.test(String(code ?? ''))
  if (cert) return `shows a certificate that is not trusted (${code}): name its CA in NODE_EXTRA_CA_CERTS`
  if (networkFault(error) === 'no-tls')
    return 'does not speak TLS: write redis:// instead of rediss://, or turn TLS on there'
  return refusals.find(([pattern]) => pattern.test(String(message ?? '')))?.[1]
}
