import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Command } from '#control/command.ts'
import { CommandProblem, runCommand } from '#control/commands.ts'
import { systemClock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { createShutdown } from '#core/shutdown.ts'
import { loadTexts } from '#core/text.ts'
import { openCentreBooks } from '#features/territories/centre-books.ts'
import { createJobs } from '#queue/boss.ts'
import { type Config, publicUrlOf, regionOf, regionTextsOf } from '#src/config.ts'
import { embeddedKeys } from '#storage/data-keys.ts'
import { migrate } from '#storage/migrate.ts'
import { openDatabase } from '#storage/open.ts'
import { createSealer } from '#storage/seal.ts'
import { seedTerritories } from '#storage/territories/territories.ts'
import { holdEmbedded } from './hold-embedded.ts'

const locales = fileURLToPath(new URL('../../locales', import.meta.url))

const print = (line: string): void => void process.stdout.write(`${line}\n`)

const pingMs = 5_000

/** Runs a command without a running app, and keeps the app from opening the embedded database meanwhile. */
export const runWithoutApp = async (config: Config, command: Command, log: Log): Promise<string[]> => {
  const shutdown = createShutdown()
  try {
    await holdEmbedded(config, log, shutdown)
    const db = await openDatabase(config.database, log)
    shutdown.push('database', db.close)
    // Its error names the cause; Prisma's would hide it.
    await db.ping(pingMs)
    await migrate(db, log)
    const rules = regionOf(config)
    await seedTerritories(db, rules.territories, systemClock.now())
    const { days, territories } = openCentreBooks({ database: () => db, log }, rules)
    await days.refresh()
    await territories.refresh()
    const botUsername = () => usernameOf(config)
    // Opened for some commands only; the app does the queued work later.
    const enqueue = async () => {
      const jobs = createJobs(db, log)
      await jobs.start()
      shutdown.push('jobs', jobs.stop)
      return jobs.enqueue
    }
    const sealing = async () => createSealer(config.keys ?? (await embeddedKeys(config.dataDir)))
    const desk = async () => ({
      sealer: await sealing(),
      pagesUrl: config.localUrl ?? publicUrlOf(config),
      oidc: config.oidc,
    })
    const loaded = () => loadTexts(locales, regionTextsOf(config), territories.region.code)
    const notices = async () => ({ texts: await loaded(), organisation: config.organisation })
    const planning = async () => {
      const sealer = await sealing()
      const texts = await loaded()
      return { database: db, texts, sealer, region: territories.region, enqueue: await enqueue() }
    }
    return await runCommand(
      {
        ...{ db, clock: systemClock, print, botUsername, territories, enqueue, planning, desk, notices },
        closedYears: config.closedYears,
      },
      command,
    )
  } finally {
    await shutdown.release()
  }
}

/** The default username of the sandbox bot. */
const sandboxUsername = 'ryadom_sandbox_bot'
const meSchema = z.object({ result: z.object({ username: z.string() }) })

/** Asks Telegram for the bot's username. Throws CommandProblem on failure. */
const usernameOf = async (config: Config): Promise<string> => {
  if (config.mode === 'sandbox') return sandboxUsername
  const { apiRoot, token } = config.telegram
  const signal = AbortSignal.timeout(10_000)
  const answer = await fetch(`${apiRoot}/bot${token}/getMe`, { signal }).catch(() => undefined)
  const me = meSchema.safeParse(await answer?.json().catch(() => undefined))
  if (me.success) return me.data.result.username
  throw new CommandProblem(
    'Telegram did not return the name of the bot: check TELEGRAM_BOT_TOKEN and the connection',
  )
}
