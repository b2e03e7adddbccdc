import { fileURLToPath } from 'node:url'
import { createTelegramChannel } from '#channels/telegram/channel.ts'
import { runCommand } from '#src/cli/commands.ts'
import { createControl } from '#src/control/control.ts'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { createShutdown } from '#core/shutdown.ts'
import { loadTexts } from '#core/text.ts'
import { createDialogue } from '#dialogue/dialogue.ts'
import { createConsents } from '#features/consents/texts.ts'
import { other } from '#features/intake/questions.ts'
import { createServer } from '#http/server.ts'
import { createJobs } from '#jobs/boss.ts'
import { startWorkers } from '#jobs/workers.ts'
import { region as regionOf } from '#regions/index.ts'
import { startSandbox } from '#sandbox/sandbox.ts'
import { openDatabase } from '#storage/database.ts'
import { readKeys } from '#storage/keys.ts'
import { migrate } from '#storage/migrate.ts'
import { createSealer } from '#storage/seal.ts'
import type { Config } from './config.ts'

export type App = {
  /** Where the app listens; in the sandbox, the address of its page. */
  url: string
  /** Stops in reverse order of the start; every update that was taken is finished first. */
  stop(): Promise<void>
}

const locales = fileURLToPath(new URL('../locales', import.meta.url))
const databaseSlowMs = 2000

/** Builds everything once and starts it; what is opened is closed again when a later step fails. */
export const startApp = async (config: Config, { clock, log }: { clock: Clock; log: Log }): Promise<App> => {
  const shutdown = createShutdown((name) => log.debug('stopping', { name }))
  try {
    const region = regionOf(config.region)
    const texts = await loadTexts(locales)
    // Taken first: it is the lock on the embedded database.
    const control = config.embedded ? createControl({ dir: config.dataDir, log }) : null
    await control?.open()
    if (control) shutdown.push('control', control.close)

    const database = await openDatabase(config.database, log)
    shutdown.push('database', database.close)
    await migrate(database, log)
    const sealer = createSealer(config.keys ?? (await readKeys(config.dataDir)))
    const jobs = createJobs(database, log)
    await jobs.start()
    shutdown.push('jobs', jobs.stop)

    const sandbox = config.mode === 'sandbox' ? await startSandbox(config, { clock, log, texts }) : null
    if (sandbox) shutdown.push('sandbox', sandbox.stop)
    const organisation = config.organisation ?? sandboxOrganisation(texts)
    const consents = createConsents(locales, { ...organisation, region: texts })
    const { enqueue } = jobs
    const dialogue = createDialogue({ database, sealer, enqueue, region, texts, consents, organisation, clock, log })

    const server = createServer(
      { database: () => database.ping(databaseSlowMs), telegram: () => channel.ready() },
      log,
    )
    const channel = await createTelegramChannel({
      settings: sandbox?.telegram ?? config.telegram,
      ...(config.redisUrl !== undefined && { redisUrl: config.redisUrl }),
      dialogue,
      database,
      jobs,
      texts,
      server,
      clock,
      log,
    })
    shutdown.push('telegram', channel.stop)
  } catch (error) {
    await shutdown.release()
    throw error
  }
}
