import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type pg from 'pg'
import type { OnConnection } from './direct.ts'
import { adapterWithKeys } from './keys/with-keys.ts'
import { createStatementNames } from './statement-names.ts'

/** Runs the work; a transaction that Prisma begins in it is on this connection, which is in one already. */
export type OnConnectionOf = <T>(connection: OnConnection, work: () => Promise<T>) => Promise<T>

const boundary = /^(BEGIN|COMMIT|ROLLBACK)$/
const nothing = { rows: [], fields: [], rowCount: 0 }

/** What PrismaPg takes from a pool: its own BEGIN and COMMIT are left out, and nothing is given back to the pool. */
const clientOn = (connection: Pick<OnConnection, 'query'>) => ({
  query: (config: pg.QueryConfig) =>
    boundary.test(config.text) ? Promise.resolve(nothing) : connection.query(config),
  on: () => {},
  removeListener: () => {},
  release: () => {},
})

/** PrismaPg, and a way to have it begin a transaction on a connection that somebody else holds. */
export const createPgAdapter = (
  pool: pg.Pool,
  onConnectionError: (error: Error) => void,
): { factory: SqlDriverAdapterFactory; on: OnConnectionOf } => {
  const current = new AsyncLocalStorage<OnConnection>()
  const prismaPg = new PrismaPg(pool, {
    onConnectionError,
    statementNameGenerator: createStatementNames(),
  })

  const watched = async (adapter: SqlDriverAdapter): Promise<SqlDriverAdapter> => {
    const begin = adapter.startTransaction
    adapter.startTransaction = (level) => {
      const connection = current.getStore()
      if (!connection) return begin.call(adapter, level)
      const connect = async () => clientOn(connection)
      return begin.call(Object.create(adapter, { client: { value: { connect } } }), level)
    }
    return adapter
  }

  const { provider, adapterName } = prismaPg
  return {
    factory: {
      provider,
      adapterName,
      connect: async () => adapterWithKeys(await watched(await prismaPg.connect())),
    },
    on: (connection, work) => current.run(connection, work),
  }
}
