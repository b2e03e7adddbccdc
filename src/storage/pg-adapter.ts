import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import type { Held } from './direct.ts'

/** PrismaPg keeps the connection of a transaction to itself. */
type OnConnection = Transaction & { client: pg.ClientBase }

const ends = /^(COMMIT|ROLLBACK)$/

/**
 * PrismaPg, and a way to learn which connection a transaction is on: `holding` runs the work that begins one, and hands
 * over what holds it.
 */
export const createPgAdapter = (
  pool: pg.Pool,
  onConnectionError: (error: Error) => void,
): { factory: SqlDriverAdapterFactory; holding<T>(work: (held: Held) => T): T } => {
  const current = new AsyncLocalStorage<{ held: Held; begun: boolean }>()
  const prismaPg = new PrismaPg(pool, { onConnectionError })

  const watched = async (adapter: SqlDriverAdapter): Promise<SqlDriverAdapter> => {
    const begin = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (level) => {
      const transaction = (await begin(level)) as OnConnection
      const awaited = current.getStore()
      // Only the first one: work that begins another by itself must not lead its own statements there.
      if (!awaited || awaited.begun) return transaction
      const { held } = awaited
      awaited.begun = true
      held.client = transaction.client
      const run = transaction.executeRaw.bind(transaction)
      transaction.executeRaw = (query) => {
        if (ends.test(query.sql)) held.client = null
        return run(query)
      }
      return transaction
    }
    return adapter
  }

  const { provider, adapterName } = prismaPg
  return {
    factory: { provider, adapterName, connect: async () => watched(await prismaPg.connect()) },
    holding: (work) => {
      const held: Held = { client: null }
      return current.run({ held, begun: false }, () => work(held))
    },
  }
}
