import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { prepareUsers, serverUrl, testUsers, urlOf } from './postgres.ts'

const script = new URL('prepare.ts', import.meta.url).pathname

/** Creates one migrated template database, which every test clones. */
export default async (project: TestProject) => {
  const template = `ryadom_template_${process.pid}`
  const server = new pg.Client({ connectionString: serverUrl(), connectionTimeoutMillis: 3_000 })
  await server.connect()
  await server.query(`CREATE DATABASE ${template}`)
  await prepareUsers(template)
  const owner = urlOf(testUsers.owner, template)
  await promisify(execFile)(process.execPath, [script, 'postgres', owner, testUsers.app])
  project.provide('postgresTemplate', template)
  return async () => {
    await server.query(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
    await server.end()
  }
}
