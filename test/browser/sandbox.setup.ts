import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { noon } from '../support/movable-clock.ts'
import { askServer, prepareUsers, testUsers, urlOf } from '../support/postgres.ts'
import { compileCache, embeddedFlags } from '../support/product-process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A sandbox whose demo centre has been opened at noon of a Tuesday: its folder, and its database on the server, if there is one. */
    openedSandbox: { folder: string; database?: string }
  }
}

/** `test:long` opens it on the embedded database, as `npm start` does. */
const onServer = Boolean(process.env.TEST_DATABASE_URL) && process.env.TEST_LONG !== '1'

/** One sandbox of which each file's app has a copy: laying out a database and a demo centre costs six times a start. */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'ryadom-sandbox-'))
  const database = `ryadom_sandbox_${process.pid}`
  const leave = async () => {
    await rm(folder, { recursive: true, force: true })
    if (onServer) await dropAll(database)
  }
  try {
    if (onServer) await layOut(database)
    const script = new URL('prepare-sandbox.ts', import.meta.url).pathname
    const url = onServer ? [urlOf(testUsers.owner, database)] : []
    await promisify(execFile)(process.execPath, [...embeddedFlags, script, folder, noon(), ...url], {
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache },
    })
  } catch (error) {
    await leave().catch(() => {})
    throw error
  }
  project.provide('openedSandbox', { folder, ...(onServer && { database }) })
  return leave
}

/** A database on the server. Its owner runs the sandbox, which moves the clock of the queue. */
const layOut = async (database: string): Promise<void> => {
  await askServer(`CREATE DATABASE ${database}`)
  await prepareUsers(database)
}

/** With the copies that a worker has left behind. */
const dropAll = async (database: string): Promise<void> => {
  const { rows } = await askServer(
    `SELECT datname AS name FROM pg_database WHERE datname = '${database}' OR starts_with(datname, '${database}_')`,
  )
  for (const { name } of rows) await askServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
}
