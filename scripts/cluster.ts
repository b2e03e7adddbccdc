// Run once per version of the schema, see scripts/install.mjs: the database that the first `npm start` copies, with tables and queues.
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import { prepareCluster } from '#storage/cluster.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'

await prepareCluster(async (dir) => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'embedded', dir }, log)
  await migrate(database, log)
  const jobs = createJobs(database, log)
  await jobs.start()
  await jobs.stop()
  await database.close()
})
