import { PGlite } from '@electric-sql/pglite'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

/** What is used of a PGlite. */
export type Connection = Pick<PGlite, 'query' | 'exec' | 'transaction'>

/**
 * pglite-prisma-adapter, made honest in two places: a commit that fails rejects (there it is swallowed), and
 * a script has run when the promise resolves (there it resolves at once, and its error is lost).
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
    // No isolation level is passed on: PGlite has one session, so all of its transactions are serial.
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
  return adapter
}
