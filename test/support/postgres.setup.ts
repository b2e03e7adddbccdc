import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { askServer, prepareUsers, testUsers, urlOf } from './postgres.ts'

const script = new URL('prepare.ts', import.meta.url).pathname

/** Creates one migrated template database, which every test clones. */
export default async (project: TestProject) => {
  const template = `ryadom_template_${process.pid}`
  await askServer(`CREATE DATABASE ${template}`)
  await prepareUsers(template)
  const owner = urlOf(testUsers.owner, template)
  await promisify(execFile)(process.execPath, [script, 'postgres', owner, testUsers.app])
  project.provide('postgresTemplate', template)
  return async () => {
    for (const name of [template, ...(await leftBy(template))])
      await askServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  }
}

/** Databases that workers held ready for another world, without those of red tests. */
const leftBy = async (template: string): Promise<string[]> => {
  const { rows } = await askServer(
    `SELECT datname AS name FROM pg_database WHERE starts_with(datname, '${template.replace('template', 'test')}_')
     AND shobj_description(oid, 'pg_database') IS NULL`,
  )
  return rows.map(({ name }) => name)
}
