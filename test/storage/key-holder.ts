// Another instance: holds a sealed value that it has read, and says on each line of its input whether it still opens it.
// node key-holder.ts <database options as JSON> <person id>
import { createInterface } from 'node:readline'
import { createLog } from '#core/log.ts'
import { hearNews } from '#storage/news.ts'
import { openAccount } from '#storage/accounts.ts'
import { openDatabase } from '#storage/open.ts'
import { personOf } from '#storage/people.ts'
import { testSealer } from '#test/support/accounts.ts'

const [options = '', personId = ''] = process.argv.slice(2)
const log = createLog('error', (line) => process.stderr.write(line))
const database = await openDatabase(JSON.parse(options), log)
const news = hearNews(database, log, () => {})
const held = (await personOf(database, personId))?.account ?? ''
for await (const _ of createInterface({ input: process.stdin }))
  process.stdout.write(`${openAccount(testSealer, held)}\n`)
await news.stop()
await database.close()
