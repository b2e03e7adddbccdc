import { randomBytes, randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, inject, onTestFailed, onTestFinished } from 'vitest'
import { createLog } from '#core/log.ts'
import { inviteStaff } from '#features/staff/invite-staff.ts'
import { fieldsOf } from '#features/webhooks/event-fields.ts'
import { eventTypes } from '#features/webhooks/event-scopes.ts'
import type { RegionCode } from '#regions/index.ts'
import type { OwnRegion } from '#regions/region-file.ts'
import { createTelegram, type Telegram, type TelegramOptions } from '#sandbox/telegram/telegram.ts'
import { type App, startApp } from '#src/app.ts'
import type { Config } from '#src/config.ts'
import type { Database } from '#storage/database.ts'
import type { StaffRole, StaffSettings } from '#storage/staff/staff.ts'
import { type Chat, createChat } from './chat.ts'
import { freePort } from './free-port.ts'
import { inProcess } from './in-process.ts'
import { movableClock, noon } from './movable-clock.ts'
import { quiet } from './quiet.ts'
import { takeDatabase } from './world-databases.ts'
import { testKeys } from './accounts.ts'

export { testKeys }

export type WorldOptions = {
  region?: RegionCode
  /** A region of the centre's own, as `REGION_FILE` gives it. */
  ownRegion?: OwnRegion
  /** Where the clock stands at first, noon of a Tuesday in Moscow unless told; it goes on from there. */
  at?: string
  mode?: 'polling' | 'webhook'
  telegram?: Partial<TelegramOptions>
  /** Another way to Redis, for example one that can be cut; with PostgreSQL only. */
  redisUrl?: string
  /** Lines of the log with these events are expected: any other warning or error fails the test. */
  noise?: readonly string[]
  /** Webhooks may lead to a receiver of the test. */
  allowLoopback?: boolean
  /** Staff open pages inside the centre's network, at the address of the app. */
  inside?: true
  /** The centre's own sign-in for the console. */
  oidc?: Config['oidc']
  /** Who may read `/metrics`; nobody unless told. */
  metrics?: Config['metrics']
  /** Other limits of the API's calls. */
  api?: { perMinute: number; waitMs?: number }
}

export type World = {
  telegram: Telegram
  clock: ReturnType<typeof movableClock>
  /** For the test itself, which may do more than the app's own user. */
  database: Database
  /** The app's own, with its pool. */
  appDatabase: Database
  config: Config
  /** A new person with Telegram, whose phone the test holds. */
  person(options?: { firstName?: string; languageCode?: string; phone?: string }): Chat
  /** A staff member who has joined by the one-time link. */
  staff(
    name: string,
    territories: string[],
    role?: StaffRole,
    settings?: Partial<StaffSettings>,
  ): Promise<Chat>
  /** Stops the app as SIGTERM does, and starts it again on the same data. */
  restart(): Promise<void>
  /** The running app; another one after a restart. */
  app: () => App
  lines: string[]
}

/** Nothing is routed to such a member: what comes waits for anybody, and all of the fallback group have its card. */
export const noRoom = { capacity: 0 }

/**
 * Jobs that a test makes due, or whose time comes, begin soon. `quiet` wakes their workers at once; where nobody waits
 * for a chat, a poll that came more often would take a tenth of the database's time.
 */
const duePollMs = 200

const webhookSecret = 'a-secret-of-the-tests'

/** The whole product around an emulated Telegram; stopped and checked for noise when the test ends. */
export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const { world, close } = await buildWorld(options)
  let failed = false
  onTestFailed(() => {
    failed = true
  })
  onTestFinished(() => close(failed))
  return world
}

/**
 * One for all the tests of the file (or `describe`) that calls it, of which each has people of its own and looks at nobody
 * else's; returns how to get it. Opened by the first who asks for it.
 */
export const useWorld = (options: WorldOptions = {}): (() => Promise<World>) => {
  let built: ReturnType<typeof buildWorld> | undefined
  let failed = false
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail'
  })
  afterAll(async () => (await built)?.close(failed))
  return async () => {
    built ??= buildWorld(options)
    return (await built).world
  }
}

const buildWorld = async (
  options: WorldOptions,
): Promise<{ world: World; close(failed: boolean): Promise<void> }> => {
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-world-'))
  const stored = await takeDatabase()
  const clock = movableClock(options.at ?? noon())
  const lines: string[] = []
  const log = createLog('debug', (line) => lines.push(line))
  const telegram = createTelegram({
    token: `${randomInt(1_000_000, 2_000_000_000)}:${randomBytes(12).toString('base64url')}`,
    clock,
    retryScale: 0.01,
    typingSeconds: 15,
    ...options.telegram,
  })
  const config = testConfig(options, dir, telegram, await freePort())
  const start = () =>
    startApp(config, {
      clock,
      log,
      database: stored.app,
      transport: inProcess(telegram),
      duePollMs,
      // What comes once a minute would come in the middle of one run, and not of the next.
      recurring: false,
      ...(options.api && { api: options.api }),
      ...(options.allowLoopback && { allowLoopback: true }),
    })
  let app = await start()
  // Ids of this world only: Redis is shared by all that runs at once.
  let nextId = randomInt(10_000_000, 4_000_000_000)

  const close = async (failed: boolean) => {
    await app.stop()
    await telegram.stop()
    const noise = failed ? [] : unexpected(lines, telegram, options.noise ?? [])
    const loud = failed ? [] : [...noise, ...(await undocumentedFields(stored.database))]
    await stored.giveBack(failed || loud.length > 0)
    await rm(dir, { recursive: true, force: true })
    expect(loud).toEqual([])
  }

  const settle = () => quiet(telegram, stored.database)
  const person: World['person'] = ({
    firstName = 'Ольга',
    languageCode = 'ru',
    phone = '+79001112233',
  } = {}) => {
    nextId += 1
    const account = telegram.addPerson({ id: nextId, firstName, languageCode, phone })
    return createChat(telegram, account.id, settle)
  }

  const world: World = {
    telegram,
    clock,
    database: stored.database,
    appDatabase: stored.app,
    config,
    person,
    staff: async (name, territories, role = 'intake', settings = {}) => {
      const invited = await inviteStaff(
        { db: stored.app, clock, botUsername: telegram.bot.username ?? '' },
        { name, role, territories, ...settings },
      )
      const chat = person({ firstName: name })
      await chat.start(new URL(invited.link).searchParams.get('start') ?? '')
      return chat
    },
    restart: async () => {
      await app.stop()
      app = await start()
    },
    app: () => app,
    lines,
  }
  return { world, close }
}

const testConfig = (options: WorldOptions, dir: string, telegram: Telegram, port: number): Config => {
  const { mode = 'polling', region = 'stavropol', ownRegion, metrics, oidc } = options
  const common = {
    database: { kind: 'embedded' as const, dir },
    ...(inject('database') === 'postgres' && {
      redisUrl: options.redisUrl ?? process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/9',
    }),
    host: '127.0.0.1',
    port: 0,
    ...(metrics && { metrics }),
    ...(oidc && { oidc }),
    receivers: {},
    region,
    ...(ownRegion && { ownRegion }),
    keys: testKeys,
    logLevel: 'debug' as const,
    dataDir: dir,
    embedded: false,
    organisation: { name: 'Центр «Рядом»', address: 'г. Ставрополь', contact: '8-8652-00-00-00' },
  }
  const { token } = telegram
  // Calls are handed over within the process; a call by any other way fails.
  const apiRoot = 'http://127.0.0.1:9'
  if (mode === 'polling') {
    const pages = options.inside && { port, localUrl: `http://127.0.0.1:${port}` }
    return { ...common, ...pages, mode, telegram: { token, apiRoot } }
  }
  const webhook = { url: `http://127.0.0.1:${port}`, secret: webhookSecret }
  return { ...common, port, mode, telegram: { token, apiRoot, webhook } }
}

/** Say only that a way into PostgreSQL was slow or lost; it is tried again a second later. */
const triedAgain = ['leader-lock.not-taken', 'keys.news-lost']
/** Noise nobody expected is a fault: errors and warnings in the log, calls that Telegram's rules refuse. */
const unexpected = (lines: readonly string[], telegram: Telegram, noise: readonly string[]): unknown[] => {
  const loud = lines.filter((line) => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string }
    return level >= 40 && !noise.includes(msg) && !triedAgain.includes(msg)
  })
  return noise.includes('telegram') ? loud : [...loud, ...telegram.refused]
}

/** Every field of every event that came up stands in the document. */
const undocumentedFields = async ({ prisma }: Database): Promise<string[]> => {
  const found = await prisma.$queryRaw<{ type: string; field: string }[]>`
    SELECT DISTINCT type, jsonb_object_keys(data) AS field FROM webhook_events`
  return found.flatMap(({ type, field }) => {
    const known = eventTypes.find((one) => one === type)
    return known && !fieldsOf(known).includes(field) ? [`${type}: ${field}`] : []
  })
}
