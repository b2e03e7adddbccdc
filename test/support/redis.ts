import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'

const shared = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/9'

/** A Redis database of the test's own, empty at first; `number` is used by one file only. */
export const openOwnRedis = async (number: number) => {
  const url = new URL(shared)
  url.pathname = `/${number}`
  const redis = new Redis(url.href)
  await redis.flushdb()
  onTestFinished(async () => {
    await redis.flushdb()
    redis.disconnect()
  })
  return { url: url.href, redis }
}

/** Everything in the database as text: each name, and each value as it is read and as it stands in a dump file. */
export const everythingIn = async (redis: Redis): Promise<string[]> => {
  const names = await redis.keys('*')
  const found = await Promise.all(
    names.map(async (name) => {
      const type = await redis.type(name)
      const value =
        type === 'hash'
          ? JSON.stringify(await redis.hgetall(name))
          : type === 'string'
            ? await redis.get(name)
            : ''
      const dump = await redis.dumpBuffer(name)
      return [name, value ?? '', dump?.toString('latin1') ?? '', decoded(value ?? '')]
    }),
  )
  return found.flat()
}

/** What base64 in a value would hide. */
const decoded = (value: string): string =>
  (value.match(/[A-Za-z0-9_+/-]{16,}={0,2}/g) ?? [])
    .map((text) => Buffer.from(text, 'base64').toString('latin1'))
    .join('\n')
