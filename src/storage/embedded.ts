import { PGlite } from '@electric-sql/pglite'
import { fromPglite, type PGliteLike } from 'pg-boss'
import type { Log } from '#core/log.ts'
import { makeFolder } from './cluster.ts'
import type { Database, NamedQuery } from './database.ts'
import { withDomainErrors } from './errors.ts'
import { keysOfTransaction } from './keys/subject-keys.ts'
import { type KeyRow, keysSql, withKeys } from './keys/with-keys.ts'
import { guard } from './one-connection.ts'
import { type Connection, createPgliteAdapter } from './pglite-adapter.ts'
import { openPrisma } from './prisma-client.ts'
import { withTimeout } from './time-limit.ts'

/** Generous limits: all transactions share one connection, so one may wait for several others. */
const transactionLimits = { maxWait: 10_000, timeout: 10_000 }

/**
 * PGlite lays out its buffers in memory that it touches as it opens: the default of 128 MB costs half of that time and
 * 120 MiB. The rows of one centre fit into this, and what does not is in the system's cache.
 */
const sharedBuffers = ['-c', 'shared_buffers=16MB']

/** Opens PGlite, PostgreSQL inside this process. Creates `dir` if missing, accessible to its owner only. */
export const openEmbedded = async (
  { dir, snapshot }: { dir: string | 'memory'; snapshot?: Blob },
  log: Log,
): Promise<Database> => {
  if (dir !== 'memory') await makeFolder(dir, log)
  const pglite = await PGlite.create({
    dataDir: dir === 'memory' ? 'memory://' : dir,
    startParams: [...PGlite.defaultStartParams, ...sharedBuffers],
    initDbStartParams: sharedBuffers,
    ...(snapshot ? { loadDataDir: snapshot } : {}),
  })
  await pglite.exec(`SET TIME ZONE 'UTC'`)
  const { connection, inside } = guard(pglite)
  const adapter = createPgliteAdapter(connection)
  const prisma = openPrisma(adapter)
  const transaction: Database['transaction'] = async (work) => {
    let committed = () => {}
    const working: typeof work = (tx) => {
      committed = keysOfTransaction(database, tx)
      return inside(() => work(tx))
    }
    const result = await withDomainErrors(prisma.$transaction(working, transactionLimits))
    committed()
    return result
  }
  const query = async <Row>(text: string, params: unknown[]): Promise<Row[]> => {
    const { rows } = await connection.query<Row>(text, params)
    await withKeys(rows, async (ids) => (await connection.query<KeyRow>(keysSql, [ids])).rows)
    return rows
  }
  let closed: Promise<void> | undefined
  log.debug('database.open', { kind: 'embedded' })

  const database: Database = {
    kind: 'embedded',
    prisma,
    sql: {
      query: (_name, text, params) => query(text, params),
      inTurn: <First, Second>(first: NamedQuery, second: NamedQuery) => {
        const before = query<First>(first.text, first.values)
        const next = () => query<Second>(second.text, second.values)
        return [before, before.then(next, next)]
      },
    },
    transaction,
    transactionThenRead: (work, read) => transaction(async (tx) => [await work(tx), await read(tx)]),
    boss: {
      backend: 'pglite',
      db: fromPglite({ ...atomicBlocks(connection), listen: (...given) => pglite.listen(...given) }),
    },
    pool: () => ({}),
    ping: async (timeoutMs) => void (await withTimeout(timeoutMs, pglite.query('SELECT 1'))),
    schema: { exclusively: (work) => work(), connected: (work) => work(adapter) },
    close: () => {
      closed ??= prisma.$disconnect().then(() => pglite.close())
      return closed
    },
  }
  return database
}

/**
 * pg-boss sends whole blocks `BEGIN; …; COMMIT`, and rolls back a failed one in a second call. Another transaction
 * could begin in between and end up inside the failed one. Running the block as a PGlite transaction completes it
 * before the connection is released.
 */
const atomicBlocks = (pglite: Connection): PGliteLike => ({
  query: (text, params) => pglite.query(text, params),
  exec: (text) => {
    const [, block] = /^\s*BEGIN\s*;(.*?)COMMIT\s*;?\s*$/is.exec(text) ?? []
    return block === undefined ? pglite.exec(text) : pglite.transaction((tx) => tx.exec(block))
  },
})
