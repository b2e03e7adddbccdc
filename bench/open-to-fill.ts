import { Client } from 'pg'
import { createLog } from '#core/log.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'

/** Migrates a database, and connects to it as whoever writes millions of rows: foreign keys are not what is measured. */
export const openToFill = async (url: string): Promise<Client> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url }, log)
  await migrate(database, log)
  await database.close()
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('SET session_replication_role = replica')
  await client.query('SET synchronous_commit = off')
  return client
}
