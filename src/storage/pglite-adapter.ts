import { PGlite } from '@electric-sql/pglite'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { adapterWithKeys } from './keys/with-keys.ts'

/** The part of PGlite that the product uses. */
export type Connection = Pick<PGlite, 'query' | 'exec' | 'transaction'>

/**
 * Wraps pglite-prisma-adapter to fix two defects: it swallows a failed commit, and its `executeScript` resolves before
 * the script has run and loses the error.
 */
export const createPgliteAdapter = (pglite: Connection): SqlMigrationAwareDriverAdapterFactory => ({
  provider: 'postgres',
  adapterName: 'pglite-prisma-adapter',
  connect: () => connect(pglite),
  connectToShadowDb: async () => {
    const shadow = await PGlite.create()
    const adapter = await connect(shadow)
    adapter.dispose = () => shadow.close()
    return adapter
  },
})

const connect = async (pglite: Connection): Promise<SqlDriverAdapter> => {
  let outcome: Promise<unknown> = Promise.resolve()
  const watched: Connection = {
    query: (text, params, options) => pglite.query(text, params, options),
    exec: (text, options) => pglite.exec(text, options),
    transaction: (work) => {
      const running = pglite.transaction(work)
      outcome = running
      return running
    },
  }
  const adapter = await new PrismaPGlite(watched as PGlite).connect()
  const begin = adapter.startTransaction.bind(adapter)

  adapter.executeScript = async (script) => {
    await pglite.exec(script)
  }
  adapter.startTransaction = async () => {
    // The isolation level is irrelevant: PGlite has a single session, so its transactions run serially.
    const starting = begin()
    const committed = outcome
    const transaction = await starting
    const commit = transaction.commit.bind(transaction)
    transaction.commit = async () => {
      await commit()
      await committed
    }
    return transaction
  }
  return adapterWithKeys(adapter)
}
