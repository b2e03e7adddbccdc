import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import type { Log } from '#core/log.ts'
import type { PrismaClient } from '#generated/client.ts'
import type { Database, PostgresOptions } from './database.ts'
import { withDomainErrors } from './errors.ts'
import { keysOfTransaction } from './keys/subject-keys.ts'
import { guardPool } from './one-connection.ts'
import { createPgAdapter } from './pg-adapter.ts'
import { openPrisma } from './prisma-client.ts'
import { RightsMissing } from './rights-missing.ts'
import { createStatements } from './statement-batches.ts'
import { withTimeout } from './time-limit.ts'
import { createTransaction } from './transaction.ts'

const connectMs = 2_000
const statementMs = 5_000
/** pg-boss looks after large queues, too. Without a limit a worker would wait for an answer that a dead network has swallowed for good. */
const jobsStatementMs = 60_000
/** Longer than a minute, so that the sweeps of every minute find their connections open. */
const idleMs = 90_000
/** Twice the time that a transaction may take. */
const idleInTransactionMs = 20_000

const unguarded = { inside: <T>(work: () => Promise<T>) => work(), refuse: () => {} }

/** Opens a connection pool, shared by Prisma and the hot path; pg-boss has a small pool of its own. */
export const openPostgres = async (
  { url, poolSize = 10, jobsPoolSize = 4, guarded = false }: Omit<PostgresOptions, 'kind'>,
  log: Log,
): Promise<Database> => {
  const server: pg.PoolConfig = {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    application_name: 'ryadom',
    // Prisma's drivers parse timestamps as UTC, regardless of the server's time zone.
    options: '-c TimeZone=UTC',
  }
  const pool = new pg.Pool({
    ...server,
    max: poolSize,
    idleTimeoutMillis: idleMs,
    pipeline: true,
    statement_timeout: statementMs,
    // If not even the server's own timeout arrives, the connection is dead.
    query_timeout: statementMs + 1_000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  })
  let closed: Promise<void> | undefined
  const onConnectionError = (error: Error): void => {
    // Its connections may still be ending when a pool says that it has ended.
    if (!closed) log.warn('database.connection-lost', { error })
  }
  // The pool drops a broken idle connection; without a listener the error event would end the process.
  pool.on('error', onConnectionError)
  const { inside, refuse } = guarded ? guardPool(pool) : unguarded
  const statements = createStatements(pool)
  const { factory, on } = createPgAdapter(pool, onConnectionError)
  let client: PrismaClient | undefined
  // Made when it is first used: it takes as long as twenty statements, and some need the hot path only.
  const prisma = () => {
    client ??= openPrisma(factory)
    return client
  }
  const run = createTransaction({ pool, prisma, on, onError: onConnectionError })
  const transact: Database['transactionThenRead'] = async (work, read) => {
    let committed = () => {}
    const working: typeof work = (tx) => {
      committed = keysOfTransaction(database, tx)
      return inside(() => work(tx))
    }
    const result = await withDomainErrors(run(working, read))
    committed()
    return result
  }

  const database: Database = {
    kind: 'postgres',
    get prisma() {
      return prisma()
    },
    sql: {
      query: (name, text, params) => {
        // Where it is asked: statements of several callers leave together, in the context of none of them.
        refuse()
        return statements.query(name, text, params)
      },
      inTurn: (first, second) => {
        refuse()
        return statements.inTurn(first, second)
      },
    },
    transaction: async (work) => (await transact(work, async () => {}))[0],
    transactionThenRead: transact,
    boss: {
      backend: 'postgres',
      connectionString: url,
      max: jobsPoolSize,
      idleTimeoutMillis: idleMs,
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
      statement_timeout: jobsStatementMs,
      query_timeout: jobsStatementMs + 1_000,
      application_name: 'ryadom-jobs',
    },
    pool: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    ping: async (timeoutMs) => void (await withTimeout(timeoutMs, pool.query('SELECT 1'))),
    schema: {
      exclusively: (work) => exclusively(server, work),
      connected: (work) => onOwnPool(server, work),
    },
    close: () => {
      closed ??= Promise.resolve(client?.$disconnect()).then(() => pool.end())
      return closed
    },
  }
  return database
}

/** Runs the work under a session lock: of several instances starting at once, one migrates and the others wait. */
const exclusively = async <T>(server: pg.PoolConfig, work: () => Promise<T>): Promise<T> => {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('ryadom.migrate'))`)
    return await work()
  } finally {
    // Ending the session releases the lock.
    await client.end()
  }
}

/** Runs the work on its own connections without a statement timeout: a migration may take longer than a query. */
const onOwnPool = async <T>(
  server: pg.PoolConfig,
  work: (adapter: SqlMigrationAwareDriverAdapterFactory) => Promise<T>,
): Promise<T> => {
  const pool = new pg.Pool({ ...server, max: 2 })
  const refused: unknown[] = []
  try {
    return await work(migrationAdapter(pool, (error) => refused.push(error)))
  } catch (error) {
    const [reason] = refused
    if (!(reason instanceof pg.DatabaseError) || reason.code !== '42501' || !reason.hint) throw error
    // The script ran in one transaction and was rolled back, except for the row that records the failure.
    await pool.query('DELETE FROM _prisma_migrations WHERE finished_at IS NULL')
    throw new RightsMissing(`${reason.message}\n${reason.hint}`, { cause: reason })
  } finally {
    await pool.end()
  }
}

/**
 * Sends scripts to the server whole, because PrismaPg splits them at every semicolon, even inside a function body.
 * Passes errors to `onRefused`, because the engine drops the server's message and hint.
 */
const migrationAdapter = (
  pool: pg.Pool,
  onRefused: (error: unknown) => void,
): SqlMigrationAwareDriverAdapterFactory => {
  const factory = new PrismaPg(pool)
  const connect = async () => {
    const adapter = await factory.connect()
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script)
      } catch (error) {
        onRefused(error)
        throw error
      }
    }
    return adapter
  }
  const { provider, adapterName } = factory
  return { provider, adapterName, connect, connectToShadowDb: () => factory.connectToShadowDb() }
}
