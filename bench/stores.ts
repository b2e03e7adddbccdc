import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import RedisSession from 'telegraf-session-redis'
import { redisStore } from './peers/settings.ts'

export type Stores = {
  /** Creates an empty database. @returns its URL */
  newDatabase(name: string): Promise<string>
  /** Selects an empty Redis database. @returns its URL */
  emptyRedis(number: number): Promise<string>
  /** Drops and flushes everything handed out. */
  release(): Promise<void>
}

export const openStores = async (postgres: string, redis: string): Promise<Stores> => {
  const admin = new Client({ connectionString: new URL('/postgres', postgres).href })
  await admin.connect()
  // Two concurrent benches would disturb each other's figures and flush each other's Redis.
  const { rows } = await admin.query<{ alone: boolean }>(
    `SELECT pg_try_advisory_lock(hashtext('ryadom.bench')) AS alone`,
  )
  if (!rows[0]?.alone) {
    await admin.end()
    throw new Error('Another bench is running on this PostgreSQL')
  }
  const databases: string[] = []
  const numbers: number[] = []

  return {
    newDatabase: async (name) => {
      const database = `bench_${name}_${randomBytes(4).toString('hex')}`
      await admin.query(`CREATE DATABASE ${database}`)
      databases.push(database)
      return new URL(`/${database}`, postgres).href
    },
    emptyRedis: async (number) => {
      const url = new URL(`/${number}`, redis).href
      const size = await redisCommand(url, 'DBSIZE')
      if (size !== 0)
        throw new Error(`Redis database ${number} at ${redis} holds ${size} keys that are not the bench's`)
      numbers.push(number)
      return url
    },
    release: async () => {
      for (const database of databases) await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
      for (const number of numbers) await redisCommand(new URL(`/${number}`, redis).href, 'FLUSHDB')
      await admin.end()
    },
  }
}

const redisCommand = (url: string, command: 'DBSIZE' | 'FLUSHDB'): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const { client } = new RedisSession({ store: redisStore(url) })
    client.on('error', reject)
    client.send_command(command, [], (error, answer) => {
      client.quit()
      if (error) reject(error)
      else resolve(answer)
    })
  })
