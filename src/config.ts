import type { LogLevel } from '#core/log.ts'
import type { SealKey } from '#storage/seal.ts'

// Until src/regions/index.ts names them.
export const regionCodes = ['stavropol', 'nyagan'] as const
export type RegionCode = (typeof regionCodes)[number]

export type Organisation = { name: string; address: string; contact: string }

type Common = {
  database: { kind: 'embedded'; dir: string } | { kind: 'postgres'; url: string }
  redisUrl?: string
  host: string
  port: number
  region: RegionCode
  /** Keys of the sealed columns; undefined: made once in `<dataDir>/keys`. */
  keys: SealKey[] | undefined
  logLevel: LogLevel
  dataDir: string
  /** The database lives inside this process. */
  embedded: boolean
}

/** The environment, checked. Only these mixes exist. */
export type Config = Common &
  (
    | { mode: 'sandbox'; telegram: undefined; organisation: Organisation | undefined }
    | { mode: 'polling'; telegram: { token: string; apiRoot: string }; organisation: Organisation }
    | {
        mode: 'webhook'
        telegram: { token: string; apiRoot: string; webhook: { url: string; secret: string } }
        organisation: Organisation
      }
  )

/** All that is wrong with the environment, a line each: the variable, what was expected, an example. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Reads the environment. Throws ConfigError with every problem at once. */
export const readConfig = (_env: Record<string, string | undefined>): Config => {
  throw new Error('not written yet')
}
