// Opens the sandbox once and leaves its folder and its database behind, in a process of its own, which returns its memory
// afterwards. Without a server's address the database is the embedded one, in the folder.
// node prepare-sandbox.ts <folder> <moment> [<url>]
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLog } from '#core/log.ts'
import { region } from '#regions/index.ts'
import { demoMembers } from '#sandbox/demo-family.ts'
import { playSurveys } from '#sandbox/demo-surveys.ts'
import { demoBot } from '#sandbox/demo-texts.ts'
import { createClient } from '#sandbox/talk/client.ts'
import { createTelegram } from '#sandbox/telegram/telegram.ts'
import { startApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { embeddedKeys } from '#storage/data-keys.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { createSealer } from '#storage/seal.ts'
import { listStaff } from '#storage/staff/staff.ts'
import { movableClock } from '../support/movable-clock.ts'

const [folder = '', moment = '', url] = process.argv.slice(2)
const log = createLog('warn')
const clock = movableClock(moment)
const config = { ...readConfig({ DATA_DIR: folder }), port: 0 }
const database = await openDatabase(
  url === undefined ? config.database : { kind: 'postgres', url, guarded: true },
  log,
)
await migrate(database, log)
const app = await startApp(config, { clock, log, database })
const curator = (await listStaff(database)).find(({ role }) => role === 'curator')
if (!curator) throw new Error('the demo centre has no curator')
await createClient(app.url).idle()
await app.stop()
// The app has begun to play them, too, and more slowly; at once on a pool, both would play the first.
const sealer = createSealer(await embeddedKeys(folder))
await playSurveys(
  { database, sealer, region: region(config.region) },
  { curatorId: curator.id, now: clock.now(), breatherMs: 0 },
)
await database.close()

// Where a conversation stands dies with the process: a family that reads its invitation has to open it anew.
const token = (await readFile(join(folder, 'telegram-token'), 'utf8')).trim()
const telegram = createTelegram({ token, clock, log, file: join(folder, 'telegram.db'), bot: demoBot })
for (const { phone } of demoMembers) {
  const messages = telegram.chat(phone)
  const link = messages.find(({ text }) => text?.startsWith('/start '))?.text
  if (link === undefined) throw new Error('nobody has invited the family of the demo centre')
  for (const { message_id: id } of messages) telegram.hide(phone, id)
  telegram.sendText(phone, link)
}
await telegram.stop()
