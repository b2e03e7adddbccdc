import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inject } from 'vitest'
import { createLog } from '#core/log.ts'
import { regionCodes } from '#regions/index.ts'
import { startApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { openDatabase } from '#storage/open.ts'
import { freePort } from '../support/free-port.ts'
import { setClock } from '../support/instances.ts'
import { movableClock, noon } from '../support/movable-clock.ts'
import { askServer, testUsers, urlOf } from '../support/postgres.ts'
import { compileCache, embeddedFlags, main } from '../support/product-process.ts'

export type RunningApp = {
  url: string
  /** Where it keeps its data, by which the command line finds it. */
  dataDir: string
  stop: () => Promise<void>
}

const newFolder = () => mkdtemp(join(tmpdir(), 'ryadom-browser-'))
const deleteFolder = (folder: string) => rm(folder, { recursive: true, force: true })

/**
 * The sandbox, on a copy of one whose demo centre has been opened before, at noon of a Tuesday. In the worker's own process: a
 * process of its own and its embedded database cost each file a third of its time. With `runProcess` they are tried.
 */
export const runApp = async (): Promise<RunningApp> => {
  const { folder, database: original } = inject('openedSandbox')
  const dataDir = await newFolder()
  await cp(folder, dataDir, { recursive: true })
  const log = createLog('error')
  const config = { ...readConfig({ DATA_DIR: dataDir }), port: await freePort() }
  const copy = original && `${original}_${randomBytes(6).toString('hex')}`
  if (copy) await askServer(`CREATE DATABASE ${copy} TEMPLATE ${original}`)
  const options = copy ? { kind: 'postgres' as const, url: urlOf(testUsers.owner, copy) } : config.database
  const database = await openDatabase(options, log)
  const release = async () => {
    await database.close()
    if (copy) await askServer(`DROP DATABASE ${copy} WITH (FORCE)`)
    await deleteFolder(dataDir)
  }
  try {
    const regions = { chosen: config.region, codes: regionCodes, choose: () => {} }
    const app = await startApp(config, { clock: movableClock(noon()), log, database, regions })
    const stop = async () => {
      await app.stop()
      await release()
    }
    return { url: app.url, dataDir, stop }
  } catch (error) {
    await release()
    throw error
  }
}

/** The product as `npm start` runs it: its own process, an empty folder, the embedded database and the machine's clock. */
export const runProcess = async (): Promise<RunningApp> => {
  const dataDir = await newFolder()
  const env = {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: compileCache,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    LOG_LEVEL: 'warn',
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
    await deleteFolder(dataDir)
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
