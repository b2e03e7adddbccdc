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

/** One sandbox of which each file's app has a copy: laying out a database and a demo centre costs six times a start. */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'ryadom-sandbox-'))
  const database = process.env.TEST_DATABASE_URL ? await layOut() : undefined
  const script = new URL('prepare-sandbox.ts', import.meta.url).pathname
  const url = database ? [urlOf(testUsers.owner, database)] : []
  await promisify(execFile)(process.execPath, [...embeddedFlags, script, folder, noon(), ...url], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache },
  })
  project.provide('openedSandbox', { folder, ...(database && { database }) })
  return async () => {
    await rm(folder, { recursive: true, force: true })
    if (database) await askServer(`DROP DATABASE ${database} WITH (FORCE)`)
  }
}

/** A database on the server. Its owner runs the sandbox, which moves the clock of the queue. */
const layOut = async (): Promise<string> => {
  const database = `ryadom_sandbox_${process.pid}`
  await askServer(`CREATE DATABASE ${database}`)
  await prepareUsers(database)
  return database
}
