import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { setClock, shiftOf } from '../support/instances.ts'
import { movableClock, noon } from '../support/movable-clock.ts'
import { compileCache, embeddedFlags, main } from '../support/product-process.ts'

export type RunningApp = {
  url: string
  /** Where it keeps its data, by which the command line finds it. */
  dataDir: string
  stop: () => Promise<void>
}

/**
 * The product as `npm start` runs it, in its own process, folder and port: sandbox, embedded database. It starts on a
 * Tuesday at noon, where its demo centre has been opened before; with the machine's own clock, in an empty folder.
 */
export const runApp = async ({ fixedClock = true } = {}): Promise<RunningApp> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ryadom-browser-'))
  if (fixedClock) await cp(inject('openedSandbox'), dataDir, { recursive: true })
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: compileCache,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
    ...(fixedClock && shiftOf(movableClock(noon()))),
  }
  const app = spawn(process.execPath, [...embeddedFlags, `--import=${setClock}`, main], {
    env,
    cwd: dataDir,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async () => {
    if (app.exitCode === null && app.signalCode === null) {
      app.kill('SIGTERM')
      await once(app, 'exit')
    }
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    return { url: await addressOf(app), dataDir, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const addressOf = async (app: ChildProcess): Promise<string> => {
  if (!app.stdout) throw new Error('the app has no output')
  const loud: string[] = []
  for await (const line of createInterface(app.stdout)) {
    const address = /https?:\/\/\S+/.exec(line)?.[0]
    if (address && !line.startsWith('{')) {
      // Drains the output: a full pipe would block the app.
      app.stdout.resume()
      return address
    }
    loud.push(line)
  }
  throw new Error(`the app did not start: ${loud.join('\n')}`)
}
