import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { prepareUsers, serverUrl, testUsers, urlOf } from './postgres.ts'

const script = new URL('prepare.ts', import.meta.url).pathname

/** Creates one migrated template database, which every test clones. */
export default async (project: TestProject) => {
  const template = `ryadom_template_${process.pid}`
  await onServer(`CREATE DATABASE ${template}`)
  await prepareUsers(template)
  const owner = urlOf(testUsers.owner, template)
  await promisify(execFile)(process.execPath, [script, 'postgres', owner, testUsers.app])
  project.provide('postgresTemplate', template)
  return () => onServer(`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`)
}

const onServer = async (statement: string): Promise<void> => {
  const server = new pg.Client({ connectionString: serverUrl(), connectionTimeoutMillis: 3_000 })
  await server.connect()
  await server.query(statement)
  await server.end()
}
