import { randomBytes } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
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

/** One database for all the tests of the file (or `describe`) that calls it; returns how to get it. */
export const useTestDatabase = (): (() => Database) => {
  let open: TestDatabase | undefined
  beforeAll(async () => {
    open = await openTestDatabase()
  })
  let red = false
  afterEach(({ task }) => {
    red ||= task.result?.state === 'fail'
  })
  afterAll(() => open?.dispose(red))
  return () => {
    if (!open) throw new Error('the database is open inside tests only')
    return open.database
  }
}

const log = createLog('warn')

const openOnSnapshot = async (): Promise<TestDatabase> => {
  const snapshot = await openAsBlob(inject('embeddedSnapshot'))
  const options: DatabaseOptions = { kind: 'embedded', dir: 'memory', snapshot }
  const database = await openDatabase(options, log)
  return { database, options, appOptions: options, dispose: () => database.close() }
}

const openClone = async (): Promise<TestDatabase> => {
  const name = `ryadom_test_${randomBytes(6).toString('hex')}`
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${inject('postgresTemplate')}`)
  const options = { kind: 'postgres' as const, url: databaseUrl(name), guarded: true }
  const database = await openDatabase(options, log)
  const dispose = async (red = false) => {
    await database.close()
    if (red) process.stderr.write(`The rows of the red test are kept in the database ${name}.\n`)
    else await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
  }
  return { database, options, appOptions: { ...options, url: urlOf(testUsers.app, name) }, dispose }
}

const onServer = async (statement: string): Promise<void> => {
  const server = new pg.Client({ connectionString: serverUrl() })
  await server.connect()
  try {
    await server.query(statement)
  } finally {
    await server.end()
  }
}
