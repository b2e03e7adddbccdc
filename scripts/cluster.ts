// Run once per installation, see scripts/install.mjs: the empty cluster that the first `npm start` copies.
import { createLog } from '#core/log.ts'
import { prepareCluster } from '#storage/cluster.ts'
import { openDatabase } from '#storage/open.ts'

await prepareCluster(async (dir) => {
  const database = await openDatabase({ kind: 'embedded', dir }, createLog('warn'))
  await database.close()
})
