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

/** Undoes steps, the last one first. One that fails holds up none of the others. */
const undoing = (undo: (() => Promise<unknown>)[]) => async (): Promise<void> => {
  const failed: unknown[] = []
  for (const one of undo.splice(0).reverse()) await one().catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw new AggregateError(failed, 'the app did not end as it should')
}

/**
 * The sandbox at noon of a Tuesday, on a copy of one whose demo centre has been opened before, in the worker's own process: starting a
 * process with an embedded database costs most files more than their pages do. `runProcess` tries both. The copies share their keys, and
 * the process what it knows of them: a file that destroys one has to make it first.
 */
export const runApp = async (): Promise<RunningApp> => {
  const { folder, database: original } = inject('openedSandbox')
  const undo: (() => Promise<unknown>)[] = []
  const stop = undoing(undo)
  try {
    const dataDir = await newFolder()
    undo.push(() => deleteFolder(dataDir))
    await cp(folder, dataDir, { recursive: true })
    const log = createLog('error')
    const config = { ...readConfig({ DATA_DIR: dataDir }), port: await freePort() }
    const copy = original && `${original}_${randomBytes(6).toString('hex')}`
    if (copy) {
      await askServer(`CREATE DATABASE ${copy} TEMPLATE ${original}`)
      undo.push(() => askServer(`DROP DATABASE ${copy} WITH (FORCE)`))
    }
    const onServer = { kind: 'postgres' as const, guarded: true }
    const database = await openDatabase(
      copy ? { ...onServer, url: urlOf(testUsers.owner, copy) } : config.database,
      log,
    )
    undo.push(() => database.close())
    // The page offers the regions; choosing one changes nothing here, see `browser/journey`.
    const regions = { chosen: config.region, codes: regionCodes, choose: () => {} }
    const app = await startApp(config, { clock: movableClock(noon()), log, database, regions })
    undo.push(() => app.stop())
    return { url: app.url, dataDir, stop }
  } catch (error) {
    await stop().catch(() => {})
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
