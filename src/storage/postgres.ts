import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import type { Log } from '#core/log.ts'
import { PrismaClient } from '#generated/client.ts'
import type { Database } from './database.ts'
import { withDomainErrors } from './errors.ts'
import { withTimeout } from './time-limit.ts'

const connectMs = 2_000
const statementMs = 5_000
const transactionLimits = { maxWait: connectMs + 500, timeout: 10_000 }

/** Opens a pool on a PostgreSQL server; Prisma and the hot path share it, pg-boss has a small one of its own. */
export const openPostgres = async (
  { url, poolSize = 10 }: { url: string; poolSize?: number },
  log: Log,
): Promise<Database> => {
  const server: pg.PoolConfig = {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    application_name: 'ryadom',
    // Prisma's drivers read timestamps as UTC, whatever the server's zone is.
    options: '-c TimeZone=UTC',
  }
  const pool = new pg.Pool({
    ...server,
    max: poolSize,
    statement_timeout: statementMs,
    // When even the server's own limit is not heard of, the connection is as good as dead.
    query_timeout: statementMs + 1_000,
    idle_in_transaction_session_timeout: 2 * transactionLimits.timeout,
  })
  // A broken idle connection is dropped by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.warn('database.connection-lost', { error }))
  const onConnectionError = (error: Error) => log.warn('database.connection-lost', { error })
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { onConnectionError }) })
  let closed: Promise<void> | undefined

  return {
    kind: 'postgres',
    prisma,
    sql: {
      query: async <Row>(name: string, text: string, params: unknown[]) =>
        (await pool.query({ name, text, values: params })).rows as Row[],
    },
    transaction: (work) => withDomainErrors(prisma.$transaction(work, transactionLimits)),
    boss: {
      backend: 'postgres',
      connectionString: url,
      max: 4,
      connectionTimeoutMillis: connectMs,
      application_name: 'ryadom-jobs',
    },
    ping: (timeoutMs) => withTimeout(timeoutMs, pool.query('SELECT 1')),
    schema: {
      exclusively: (work) => exclusively(server, work),
      connected: (work) => onOwnPool(server, work),
    },
    close: () => {
      closed ??= prisma.$disconnect().then(() => pool.end())
      return closed
    },
  }
}

/** Several instances start at once: one migrates, the others wait for it on a lock of their session. */
const exclusively = async <T>(server: pg.PoolConfig, work: () => Promise<T>): Promise<T> => {
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('ryadom.migrate'))`)
    return await work()
  } finally {
    // Ending the session lets the lock go.
    await client.end()
  }
}

/** A migration may rightly take longer than a statement of ours, so it brings its own connections. */
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
    // The script was one transaction: nothing of it is left but the row that says that it failed.
    await pool.query('DELETE FROM _prisma_migrations WHERE finished_at IS NULL')
    throw new RightsMissing(`${reason.message}\n${reason.hint}`, { cause: reason })
  } finally {
    await pool.end()
  }
}

/** The user of the database may not do what a migration has to; the message says what an administrator runs once. */
export class RightsMissing extends Error {
  override name = 'RightsMissing'
}

/**
 * PrismaPg cuts a script at every semicolon, also inside a function's body; the server knows better. What it refuses is
 * told besides: the engine keeps neither its words nor its hint.
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
