// The product in a process of its own, whose webhooks may lead to this machine: no environment can say so.
import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { startApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'

const config = readConfig()
await startApp(config, { clock: systemClock, log: createLog(config.logLevel), allowLoopback: true })
