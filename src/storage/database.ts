import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { ConstructorOptions } from 'pg-boss'
import type { Prisma, PrismaClient } from '#generated/client.ts'

/** A transaction in progress: every repository that writes takes it first. */
export type Tx = Prisma.TransactionClient

/** Prepared statements outside Prisma, for the hot path only: a twelfth of an interactive transaction's CPU. */
export type Sql = {
  /** Runs one statement, auto-committed. `name` stands for exactly one `text`. */
  query<Row>(name: string, text: string, params: unknown[]): Promise<Row[]>
}

export type Database = {
  kind: 'embedded' | 'postgres'
  prisma: PrismaClient
  sql: Sql
  /**
   * Runs the work in one transaction (READ COMMITTED) and commits it when it resolves.
   * Throws DomainError for a broken constraint that has a meaning, anything else as it came.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** How pg-boss reaches the same database. */
  boss: BossConnection
  /** Resolves when the database answers within the time (milliseconds), rejects otherwise. */
  ping(timeoutMs: number): Promise<void>
  /** For migrations only. */
  schema: SchemaAccess
  close(): Promise<void>
}

export type SchemaAccess = {
  /** Runs the work in one instance at a time. */
  exclusively<T>(work: () => Promise<T>): Promise<T>
  /** Runs the work on connections without the limits that the product's statements have. */
  connected<T>(work: (adapter: SqlMigrationAwareDriverAdapterFactory) => Promise<T>): Promise<T>
}

export type BossConnection = Pick<
  ConstructorOptions,
  'backend' | 'db' | 'connectionString' | 'max' | 'connectionTimeoutMillis' | 'application_name'
>

export type DatabaseOptions =
  /** PGlite in a folder, or in memory (`snapshot`: a dumped data folder to begin with). */
  | { kind: 'embedded'; dir: string | 'memory'; snapshot?: Blob }
  | { kind: 'postgres'; url: string; poolSize?: number }

/** A reader is the database itself or a transaction in progress. */
export type Reader = Database | Tx

export const readFrom = (reader: Reader): Tx => ('transaction' in reader ? reader.prisma : reader)
