import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { inject } from 'vitest'
import { createLog } from '#core/log.ts'
import type { Database, DatabaseOptions } from '#storage/database.ts'
import { openDatabase } from '#storage/open.ts'
import { databaseUrl, serverUrl, testUsers, urlOf } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The kind of database that the project runs on. */
    database: 'embedded' | 'postgres'
    embeddedSnapshot: string
    postgresTemplate: string
  }
}

export type TestDatabase = {
  database: Database
  /** How to open it; a second time at once only with PostgreSQL. */
  options: DatabaseOptions
  /** How the app opens it: with its own user, which may do less. The embedded database has one user. */
  appOptions: DatabaseOptions
  /** Closes it; a `red` test's database on the server is kept, and its name is printed. */
  dispose(red?: boolean): Promise<void>
}

/** A migrated database of its own, with the queues installed. */
export const openTestDatabase = async (kind = inject('database')): Promise<TestDatabase> =>
  kind === 'embedded' ? openOnSnapshot() : openClone()

const log = createLog('warn')

/** Read once per worker. */
let snapshot: Promise<Blob> | undefined

const openOnSnapshot = async (): Promise<TestDatabase> => {
  snapshot ??= readFile(inject('embeddedSnapshot')).then((bytes) => new Blob([bytes]))
  const options: DatabaseOptions = { kind: 'embedded', dir: 'memory', snapshot: await snapshot }
  const database = await openDatabase(options, log)
  return { database, options, appOptions: options, dispose: () => database.close() }
}

/**
 * Nobody has counted the rows of a new database, so the server thinks that much is to be read: it compiles a statement,
 * and starts processes for it, for a tenth of a second where reading takes three thousandths.
 */
const openClone = async (): Promise<TestDatabase> => {
  const template = inject('postgresTemplate')
  const name = `${template.replace('template', 'test')}_${randomBytes(6).toString('hex')}`
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${template} ${await strategy()}`)
  await onServer(
    `ALTER DATABASE ${name} SET jit = off; ALTER DATABASE ${name} SET max_parallel_workers_per_gather = 0`,
  )
  const options = { kind: 'postgres' as const, url: databaseUrl(name), guarded: true, jobsPoolSize: 2 }
  const database = await openDatabase(options, log)
  const dispose = async (red = false) => {
    await database.close()
    if (red) {
      await onServer(`COMMENT ON DATABASE ${name} IS 'kept'`)
      process.stderr.write(`The rows of the red test are kept in the database ${name}.\n`)
    } else await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
  }
  return { database, options, appOptions: { ...options, url: urlOf(testUsers.app, name) }, dispose }
}

// Each connection that is opened costs the server as much as two hundred statements: one serves all tests of a worker.
const server = new pg.Pool({
  connectionString: serverUrl(),
  max: 2,
  idleTimeoutMillis: 0,
  allowExitOnIdle: true,
})
server.on('error', (error) => log.warn('test.server-connection-lost', { error }))

const onServer = (statement: string): Promise<pg.QueryResult> => server.query(statement)

/** Copying the files costs a third of writing each page to the log, but it waits for the disk, unless the server never does. */
const strategy = async (): Promise<string> => {
  copying ??= onServer(
    `SELECT current_setting('fsync') = 'off' AND current_setting('server_version_num')::int >= 150000 AS can`,
  )
  return (await copying).rows[0]?.can ? 'STRATEGY FILE_COPY' : ''
}

let copying: Promise<pg.QueryResult> | undefined
