import { enableCompileCache } from 'node:module'
import { systemClock } from '#core/clock.ts'
import { collectWhenQuiet } from '#core/collect-when-quiet.ts'
import { createLog } from '#core/log.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { explainStart } from './control/start-errors.ts'

// About five hundred modules load at start: cache their compiled code between starts.
enableCompileCache()

/** Time limit for a graceful stop, after which the process exits anyway; unfinished work is redelivered. */
const longestStopMs = 10_000

const checkedConfig = (): Config => {
  try {
    return readConfig()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.problems.join('\n')}\n`)
    process.exit(1)
  }
}

const config = checkedConfig()
const log = createLog(config.logLevel)
if (config.database.kind === 'embedded') {
  const { makeFolder } = await import('#storage/cluster.ts')
  // Whoever opens it waits for it, and tells what is wrong with it.
  makeFolder(config.database.dir, log).catch(() => undefined)
}
const { hasWorlds, startWorlds } = await import('./worlds.ts')
const { startApp } = await import('./app.ts')
const { prepareMatchers } = await import('#features/danger/match-entries.ts')

// An uncaught error ends the process; its message is not logged, because drivers quote data in it.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    log.error('app.crashed', { error })
    process.exit(1)
  })
}

const started = async () => {
  try {
    const start = hasWorlds(config) ? startWorlds : startApp
    return await start(config, { clock: systemClock, log })
  } catch (error) {
    const reason = explainStart(error, config)
    if (reason === null) throw error
    process.stderr.write(`${reason}\n`)
    process.exit(1)
  }
}
const app = await started()
// What nobody waits for comes once it answers. A start leaves 30 MiB of garbage behind, and V8 looks for it again when there is
// more: an idle app would keep it.
setTimeout(() => void prepareMatchers(), 1_000).unref()
collectWhenQuiet(2_000, { flavor: 'regular' })
// The first rounds of every queue leave as much again; this time pages that V8 holds in reserve are given back, too.
collectWhenQuiet(10_000, { flavor: 'last-resort' })
if (config.mode === 'sandbox') {
  process.stdout.write(
    `\n  ${app.url}\n  Ryadom is running in sandbox mode: the real bot with an emulated Telegram.\n\n`,
  )
}

const stop = async (signal: string) => {
  log.info('app.stopping', { signal })
  setTimeout(() => {
    log.error('app.stop-took-too-long')
    process.exit(1)
  }, longestStopMs).unref()
  await app.stop()
  log.info('app.stopped')
  process.exit(0)
}
process.once('SIGTERM', () => void stop('SIGTERM'))
process.once('SIGINT', () => void stop('SIGINT'))
