// Commits as fast as it can and reports each commit, with one job that never ends, until it is killed.
// node writer.ts <database options as JSON> <person id of the job>
import { randomUUID } from 'node:crypto'
import { flushCompileCache } from 'node:module'
import { createLog } from '#core/log.ts'
import { createJobs } from '#queue/boss.ts'
import { openDatabase } from '#storage/open.ts'
import { migrate } from '#storage/migrate.ts'
import { createPerson } from '#storage/people.ts'
import { testSealer } from '#test/support/accounts.ts'

const [options = '', personId = ''] = process.argv.slice(2)
const log = createLog('error', (line) => process.stderr.write(line))
const database = await openDatabase(JSON.parse(options), log)
await migrate(database, log)
const jobs = createJobs(database, log)
await jobs.start()
const running = Promise.withResolvers<void>()
jobs.work('draw-screen', () => {
  running.resolve()
  return new Promise<never>(() => {})
})
await database.transaction((tx) => jobs.enqueue(tx, 'draw-screen', { personId }))
await running.promise
// Node keeps what it compiled when a process ends; this one is killed, and the next one starts from it.
flushCompileCache()
for (;;) {
  const account = `telegram:${randomUUID()}`
  await database.transaction((tx) =>
    createPerson(tx, testSealer, { account, language: 'ru', address: 'adult' }),
  )
  process.stdout.write(`${account}\n`)
}
