import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RegionCode, regionCodes } from '#regions/index.ts'
import { type App, startApp } from './app.ts'
import type { AppContext } from './app-context.ts'
import type { Config } from './config.ts'

/** Whether the page of this sandbox may choose the region: only where nobody else uses its database and sessions. */
export const hasWorlds = ({ mode, embedded, ownRegion, redisUrl }: Config): boolean =>
  mode === 'sandbox' && embedded && ownRegion === undefined && redisUrl === undefined

/**
 * Starts the sandbox with a world for each region: a folder of its own with database, keys, clock and emulated Telegram. Choosing a region
 * stops the app and starts it again at the same address in that world; the others stay as they were left. A restart comes back to the
 * world that was chosen last.
 */
export const startWorlds = async (config: Config, context: AppContext): Promise<App> => {
  let current = await lastChosen(config)
  let stopped = false
  let app: App
  let port = config.port
  let switching = Promise.resolve()

  const open = (code: RegionCode): Promise<App> =>
    startApp(
      { ...worldOf(config, code), port },
      { ...context, regions: { chosen: code, codes: regionCodes, choose } },
    )
  const choose = (wished: string): void => {
    const code = regionCodes.find((one) => one === wished)
    switching = switching.then(async () => {
      if (stopped || code === undefined || code === current) return
      await app.stop()
      current = code
      await remember(config, code)
      app = await open(code)
    })
  }

  app = await open(current)
  const { url } = app
  port = Number(new URL(url).port) || port
  return {
    url,
    stop: async () => {
      stopped = true
      await switching
      await app.stop()
    },
  }
}

/** The region of the settings keeps its data where they say, as before there were worlds. */
const worldOf = (config: Config, region: RegionCode): Config => {
  if (region === config.region) return config
  const dataDir = join(config.dataDir, 'regions', region)
  return { ...config, region, dataDir, database: { kind: 'embedded', dir: join(dataDir, 'database') } }
}

const fileOf = ({ dataDir }: Config): string => join(dataDir, 'sandbox-region')

/** The choice counts for as long as the settings name the same region. */
const remember = async (config: Config, code: RegionCode): Promise<void> => {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  await writeFile(fileOf(config), `${config.region} ${code}\n`)
}

const lastChosen = async (config: Config): Promise<RegionCode> => {
  const text = await readFile(fileOf(config), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })
  const [of, chosen] = text.trim().split(' ')
  return (of === config.region && regionCodes.find((code) => code === chosen)) || config.region
}
