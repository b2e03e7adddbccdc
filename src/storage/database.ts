import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { ConstructorOptions } from 'pg-boss'
import type { Prisma, PrismaClient } from '#generated/client.ts'

/** A transaction in progress; the first parameter of every function that writes. */
export type Tx = Prisma.TransactionClient

/** Prepared statements outside Prisma, for the hot path only: they use a twelfth of an interactive transaction's CPU. */
export type Sql = {
  /** Runs one statement in auto-commit mode. Each `name` must always have the same `text`. */
  query<Row>(name: string, text: string, params: unknown[]): Promise<Row[]>
  /** Two statements, of which the second sees what the first has committed, or that it failed. They leave in one write. */
  inTurn<First, Second>(first: NamedQuery, second: NamedQuery): [Promise<First[]>, Promise<Second[]>]
}

export type NamedQuery = { name: string; text: string; values: unknown[] }

export type Database = {
  kind: 'embedded' | 'postgres'
  prisma: PrismaClient
  sql: Sql
  /**
   * Runs the work in one transaction (READ COMMITTED) and commits it when the work resolves.
   * Throws DomainError for a constraint violation with a domain meaning; rethrows any other error unchanged.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** The same; `read` reads what the work has left behind, together with the commit. It must be one statement. */
  transactionThenRead<T, R>(work: (tx: Tx) => Promise<T>, read: (tx: Tx) => Promise<R>): Promise<[T, R]>
  /** pg-boss's connection to the same database. */
  boss: BossConnection
  /** Rejects unless the database answers within the timeout (ms). */
  ping(timeoutMs: number): Promise<void>
  /** Connections by state; empty for the embedded database. */
  pool(): Record<string, number>
  /** For migrations only. */
  schema: SchemaAccess
  close(): Promise<void>
}

export type SchemaAccess = {
  /** Runs the work on one instance at a time. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** Runs the work on connections without the product's statement timeouts. */
  connected<T>(work: (adapter: SqlMigrationAwareDriverAdapterFactory) => Promise<T>): Promise<T>
}

export type BossConnection = Pick<
  ConstructorOptions,
  'backend' | 'db' | 'connectionString' | 'max' | 'connectionTimeoutMillis' | 'application_name'
> & {
  /** These pg-boss hands on to its pool. */
  idleTimeoutMillis?: number
  keepAlive?: boolean
  statement_timeout?: number
  query_timeout?: number
}

export type PostgresOptions = {
  kind: 'postgres'
  url: string
  poolSize?: number
  /** Connections of pg-boss besides the listening one; default 4. */
  jobsPoolSize?: number
  /** Questions past a transaction in progress are refused, as PGlite has to; for tests. */
  guarded?: boolean
}

export type DatabaseOptions =
  /** PGlite in a directory or in memory; `snapshot`: a dumped data directory to start from. */
  { kind: 'embedded'; dir: string | 'memory'; snapshot?: Blob } | PostgresOptions

/** The database itself or a transaction in progress. */
export type Reader = Database | Tx

export const readFrom = (reader: Reader): Tx => ('transaction' in reader ? reader.prisma : reader)
