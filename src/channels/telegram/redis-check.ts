import { Redis } from 'ioredis'
import type { Log } from '#core/log.ts'
import { networkFault } from '#core/network-faults.ts'
import { type Refusal, StartRefused } from '#core/start-refused.ts'

const slowMs = 1_000

export type RedisState = { is: 'there'; persists: boolean } | { is: 'away'; at: string; cause: string }

/**
 * Asks Redis once. Throws StartRefused if it will refuse us for as long as nobody mends the URL; otherwise says whether it
 * is there, and whether it writes what it holds to a disk (false if it does not tell).
 */
export const lookAtRedis = async (url: string): Promise<RedisState> => {
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
    return { is: 'there', persists: await persists(redis) }
  } catch (error) {
    const refusal = refusalIn(last) ?? refusalIn(error)
    if (refusal) throw new StartRefused(refusal.code, `Redis at ${host} ${refusal.reason}`)
    return { is: 'away', at: host, cause: networkFault(last) ?? networkFault(error) ?? 'unknown' }
  } finally {
    redis.disconnect()
  }
}

/** Managed servers often forbid the question. */
const persists = async (redis: Redis): Promise<boolean> => {
  try {
    const [, save] = (await redis.config('GET', 'save')) as string[]
    const [, appendOnly] = (await redis.config('GET', 'appendonly')) as string[]
    return Boolean(save) || appendOnly === 'yes'
  } catch {
    return false
  }
}

/** The same before the start: if Redis is only away, the log says where and why, and the bot works without it. */
export const checkRedis = async (url: string, log: Log): Promise<void> => {
  const state = await lookAtRedis(url)
  if (state.is === 'away') log.warn('redis.away', { at: state.at, cause: state.cause })
}

const refusals: readonly [RegExp, Refusal, string][] = [
  [
    /^NOAUTH|authentication required/i,
    'redis.password-missing',
    'wants a password: put it into REDIS_URL (redis://:password@host:port)',
  ],
  [
    /^WRONGPASS|invalid (username-)?password|AUTH .*without any password/i,
    'redis.user-refused',
    'rejects the user or the password in REDIS_URL',
  ],
  [
    /DB index is out of range|invalid DB index/i,
    'redis.no-database',
    'has no database of this number: correct the path of REDIS_URL',
  ],
  [/^NOPERM/i, 'redis.not-permitted', 'does not let this user do what the app needs: see its ACL'],
]

/** What Redis answers is its own text: it repeats no password. */
const refusalIn = (error: unknown): { code: Refusal; reason: string } | undefined => {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown }
  if (/CERT|SIGNATURE|ALTNAME/.test(String(code ?? '')))
    return {
      code: 'redis.certificate',
      reason: `shows a certificate that is not trusted (${code}): name its CA in NODE_EXTRA_CA_CERTS`,
    }
  if (networkFault(error) === 'no-tls')
    return {
      code: 'redis.no-tls',
      reason: 'does not speak TLS: write redis:// instead of rediss://, or turn TLS on there',
    }
  const found = refusals.find(([pattern]) => pattern.test(String(message ?? '')))
  return found && { code: found[1], reason: found[2] }
}
