import pg from 'pg'
import { rolesScript } from '#storage/grants.ts'

/** The server on which tests create and drop databases: TEST_DATABASE_URL, or the local one. */
export const serverUrl = (): string =>
  process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres'

export const databaseUrl = (name: string): string => {
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  return url.href
}

/** One statement of an administrator, on a connection of its own. */
export const askServer = async (statement: string): Promise<pg.QueryResult> => {
  const server = new pg.Client({ connectionString: serverUrl(), connectionTimeoutMillis: 3_000 })
  await server.connect()
  try {
    return await server.query(statement)
  } finally {
    await server.end()
  }
}

/** As `databaseUsers` of the product; other names, because the server may be that of an installation. */
export const testUsers = { owner: 'ryadom_test_migrate', app: 'ryadom_test_app' }
const password = 'of-the-tests'

/** Makes both users, and hands the database over to the owner, as an administrator would. */
export const prepareUsers = async (name: string, users = testUsers): Promise<void> => {
  const server = new pg.Client({ connectionString: serverUrl() })
  const client = new pg.Client({ connectionString: databaseUrl(name) })
  await server.connect()
  await client.connect()
  try {
    // Several runs of the tests may share the server, and roles belong to it.
    await server.query(`SELECT pg_advisory_lock(hashtext('ryadom.test-users'))`)
    await client.query(await rolesScript(users))
    for (const user of Object.values(users)) await client.query(`ALTER ROLE ${user} PASSWORD '${password}'`)
  } finally {
    await client.end()
    await server.end()
  }
}

/** The address of a database for one of the users. */
export const urlOf = (user: string, name: string): string => {
  const url = new URL(databaseUrl(name))
  url.username = user
  url.password = password
  return url.href
}
