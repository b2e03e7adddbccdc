import { enableCompileCache } from 'node:module'
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { ControlTaken } from './control/control-server.ts'
import { RightsMissing } from '#storage/postgres.ts'

// Five hundred files are read at a start: what was compiled for the last one is kept for the next.
enableCompileCache()
const { startApp } = await import('./app.ts')

/** How long a stop may take before the process goes anyway; what was not finished is delivered again. */
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

// What nobody caught ends the process, and says so without quoting anybody: a driver's message may.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    log.error('app.crashed', { error })
    process.exit(1)
  })
}

const started = async () => {
  try {
    return await startApp(config, { clock: systemClock, log })
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (!taken && !(error instanceof ControlTaken || error instanceof RightsMissing)) throw error
    const reason = taken
      ? `port ${config.port} is taken: choose another, for example PORT=3001`
      : String(error)
    process.stderr.write(`${reason}\n`)
    process.exit(1)
  }
}
const app = await started()
if (config.mode === 'sandbox') {
  process.stdout.write(
    `\n  ${app.url}\n  Ryadom runs in its sandbox: the real bot, an emulated Telegram.\n\n`,
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
