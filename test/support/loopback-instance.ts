// Runs the product in a separate process with loopback webhooks allowed, which no environment variable can do.
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { startApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'

const config = readConfig()
await startApp(config, { clock: systemClock, log: createLog(config.logLevel), allowLoopback: true })
