// Prepares the initial database of the tests in a separate process, which returns its memory afterwards.
// node prepare.ts embedded <database directory> <dump file> | node prepare.ts postgres <url> <app's user>
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import type { DatabaseOptions } from '#storage/database.ts'
import { grantToApp } from '#storage/grants.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'

/** Creates what the app's first start creates in an empty database: tables and queues. */
const prepare = async (options: DatabaseOptions, app?: string) => {
  const log = createLog('warn')
  const database = await openDatabase(options, log)
  await migrate(database, log)
  const jobs = createJobs(database, log)
  await jobs.start()
  await jobs.stop()
  if (app) await grantToApp(database, app)
  await database.close()
}

/** Both databases that nobody connects to are a third of the files that each test lays out anew. */
const templates = ['base/1', 'base/4']

const dump = async (dataDir: string, file: string) => {
  for (const folder of templates)
    for (const name of await readdir(join(dataDir, folder)))
      if (name !== 'PG_VERSION') await rm(join(dataDir, folder, name))
  const pglite = await PGlite.create({ dataDir })
  const blob = await pglite.dumpDataDir('none')
  await writeFile(file, new Uint8Array(await blob.arrayBuffer()))
  await pglite.close()
}

const [kind, place = '', file = ''] = process.argv.slice(2)
if (kind === 'embedded') {
  await prepare({ kind, dir: place })
  await dump(place, file)
} else {
  await prepare({ kind: 'postgres', url: place }, file)
}
