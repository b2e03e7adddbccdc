import pg from 'pg'
import { onTestFinished } from 'vitest'
import type { Database } from '#storage/database.ts'
import { serverUrl } from './postgres.ts'

/** Takes a database on the server offline, as its administrator would: ends connections and allows no new ones. */
export const takeDown = async ({ prisma }: Database): Promise<{ bringBack: () => Promise<void> }> => {
  const [row] = await prisma.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
  const name = row?.name ?? ''
  const allow = async (connections: boolean) => {
    await server.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS ${connections}`)
  }
  const server = new pg.Client({ connectionString: serverUrl() })
  await server.connect()
  onTestFinished(() => server.end())
  await allow(false)
  await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
  return { bringBack: () => allow(true) }
}
