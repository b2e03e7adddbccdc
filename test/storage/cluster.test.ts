import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { copyCluster, prepareCluster } from '#storage/cluster.ts'
import { migrate, migrationState } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'

const log = createLog('warn')

test('an empty folder gets the installation’s cluster, which opens; one with data is left as it is', async () => {
  await prepareCluster(async (dir) => {
    const made = await openDatabase({ kind: 'embedded', dir }, log)
    await migrate(made, log)
    await made.close()
  })
  const parent = await mkdtemp(join(tmpdir(), 'ryadom-cluster-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const [empty, full] = [join(parent, 'empty'), join(parent, 'full')]
  for (const dir of [empty, full]) await mkdir(dir)
  await writeFile(join(full, 'PG_VERSION'), '17\n')
  await copyCluster(full)
  expect(await readdir(full)).toEqual(['PG_VERSION'])
  await copyCluster(empty)
  expect(existsSync(join(empty, 'global/pg_control'))).toBe(true)
  // Nothing is left of the copy's way into place.
  expect((await readdir(parent)).toSorted()).toEqual(['empty', 'full'])
  const database = await openDatabase({ kind: 'embedded', dir: empty }, log)
  expect(await database.sql.query('one', 'SELECT 1 AS one', [])).toEqual([{ one: 1 }])
  expect((await migrationState(database)).pending).toEqual([])
  await database.close()
})
