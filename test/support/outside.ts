import { randomBytes, randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject } from 'vitest'
import type { Clock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { inviteStaff } from '#features/staff/invite-staff.ts'
import { createSandbox } from '#sandbox/server.ts'
import { createTelegram, type Telegram, type TelegramOptions } from '#sandbox/telegram/telegram.ts'
import type { Database } from '#storage/database.ts'
import { createSealer } from '#storage/seal.ts'
import { type Chat, createChat } from './chat.ts'
import { openTestDatabase } from './database.ts'
import { withTest } from './ending.ts'
import { type Environment, type Instance, shiftOf, startInstance } from './instances.ts'
import { movableClock, noon } from './movable-clock.ts'
import { quiet } from './quiet.ts'
import { createSwitchboard, type Switchboard } from './switchboard.ts'

export const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/9'
export const webhookSecret = 'a-secret-of-the-tests'
const key = Buffer.alloc(32, 7)
/** Opens what the instances sealed. */
export const sealer = createSealer([{ id: 'test', key }])

export type Outside = {
  telegram: Telegram
  /** The same database as the instances'; on a PostgreSQL server only. */
  database: Database
  databaseUrl: string
  /** Of every instance, before a test changes it. */
  environment: Environment
  board: Switchboard
  /** Of Telegram and, as it stands at their start, of the instances. */
  clock: Clock
  /** One more instance on the same database and Redis; `env` changes its environment. */
  start(env?: Environment): Promise<Instance>
  person(options?: { firstName?: string; phone?: string; languageCode?: string }): Chat
  staff(name: string, territories: string[], role?: 'intake' | 'supervisor'): Promise<Chat>
  /** What all instances wrote so far. */
  lines: readonly string[]
}

export type OutsideOptions = {
  mode: 'polling' | 'webhook'
  telegram?: Partial<TelegramOptions>
  /** Calls that Telegram's rules refuse are part of the test. */
  refusals?: boolean
  /** Chats wait for jobs, too. Not where instances are killed: a dead one's job stays under way for many seconds. */
  jobs?: boolean
  /** What the instances run instead of the product's own `main.ts`. */
  script?: string
  /** When it is put away; with the test unless told. */
  ending?: typeof withTest
}

/** What surrounds the product when it runs in processes of its own: Telegram, PostgreSQL, Redis, people. */
export const openOutside = async ({
  mode,
  refusals,
  jobs = false,
  script,
  ending = withTest,
  ...options
}: OutsideOptions): Promise<Outside> => {
  const lines: string[] = []
  const instances: Instance[] = []
  const dir = await mkdtemp(join(tmpdir(), 'ryadom-outside-'))
  const stored = await openTestDatabase('postgres')
  if (stored.options.kind !== 'postgres') throw new Error('several processes need a PostgreSQL server')
  const { url: databaseUrl } = stored.options
  const appUrl = stored.appOptions.kind === 'postgres' ? stored.appOptions.url : databaseUrl
  const clock = movableClock(noon())
  const telegram = createTelegram({
    token: `${randomInt(1_000_000, 2_000_000_000)}:${randomBytes(12).toString('base64url')}`,
    clock,
    retryScale: 0.05,
    typingSeconds: 15,
    ...options.telegram,
  })
  const sandbox = createSandbox({ telegram, host: '127.0.0.1', port: 0, log: createLog('silent') })
  await sandbox.start()
  const board = await createSwitchboard(ending)
  ending(async (red) => {
    await Promise.all(instances.map((one) => one.kill()))
    await sandbox.stop()
    await stored.dispose(red)
    await rm(dir, { recursive: true, force: true })
    if (!refusals) expect(telegram.refused).toEqual([])
  })

  const base: Environment = {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: sandbox.apiRoot,
    DATABASE_URL: appUrl,
    DATA_DIR: dir,
    DATA_KEYS: `test:${key.toString('base64')}`,
    REDIS_URL: redisUrl,
    ORGANISATION_NAME: 'Центр «Рядом»',
    ORGANISATION_ADDRESS: 'г. Ставрополь',
    ORGANISATION_CONTACT: '8-8652-00-00-00',
    CLOSED_CASES_YEARS: '5',
    LOG_LEVEL: 'debug',
    ...(mode === 'webhook' && { PUBLIC_URL: board.url, TELEGRAM_WEBHOOK_SECRET: webhookSecret }),
  }
  // Ids of this test only: Redis is shared by all that runs at once.
  let nextId = randomInt(10_000_000, 4_000_000_000)
  const person: Outside['person'] = ({
    firstName = 'Ольга',
    phone = '+79001112233',
    languageCode = 'ru',
  } = {}) => {
    nextId += 1
    telegram.addPerson({ id: nextId, firstName, phone, languageCode })
    return jobs
      ? createChat(telegram, nextId, () => quiet(telegram, stored.database))
      : createChat(telegram, nextId)
  }

  return {
    telegram,
    database: stored.database,
    databaseUrl,
    environment: base,
    board,
    clock,
    lines,
    person,
    start: async (env = {}) => {
      const instance = await startInstance({ ...base, ...shiftOf(clock), ...env }, lines, script)
      instances.push(instance)
      return instance
    },
    staff: async (name, territories, role = 'intake') => {
      const to = { db: stored.database, clock, botUsername: telegram.bot.username ?? '' }
      const { link } = await inviteStaff(to, { name, role, territories })
      const chat = person({ firstName: name })
      await chat.start(new URL(link).searchParams.get('start') ?? '')
      return chat
    },
  }
}

export const onServer = inject('database') === 'postgres'
