import { createRequire } from 'node:module'
import { dataKeys } from './accounts.ts'
import type { BotCommand } from './driver/bot-process.ts'
import { answerOurs, answerPeer, type Policy, sayHello } from './driver/policy.ts'
import type { Contestant } from './options.ts'
import type { PeerSettings } from './peers/settings.ts'

export type Entry = { command: BotCommand; policy: Policy }
/** `keys`: others than the bench's own as DATA_KEYS. */
export type Surroundings = { telegram: string; postgres: string; redis: string; keys?: string | undefined }

const token = '1000001:bench-bench-bench-bench-bench-bench'
export const secret = 'bench-bench-secret'
export const webhookPath = '/telegram/webhook'

const policies: Record<Contestant, Policy> = {
  limit: sayHello,
  bare: sayHello,
  conversations: answerPeer,
  scenes: answerPeer,
  ours: answerOurs,
}

export const entryOf = (name: Contestant, around: Surroundings): Entry => ({
  command: name === 'ours' ? ours(around) : peer(name, around),
  policy: policies[name],
})

const peer = (name: Contestant, around: Surroundings): BotCommand => ({
  name,
  args: (port) => {
    const client = name === 'limit' ? 'lean' : 'grammy'
    const settings: PeerSettings = { port, token, secret, client, ...around }
    return [
      new URL(`./peers/${name === 'limit' ? 'bare' : name}.ts`, import.meta.url).pathname,
      JSON.stringify(settings),
    ]
  },
  env: () => ({ NODE_ENV: 'production' }),
  readyPath: '/',
})

type Scripts = { productMain: () => string }
const { productMain } = createRequire(import.meta.url)('../scripts/bundle.mjs') as Scripts

/** As in the Dockerfile and in scripts/start.mjs. */
const deployedFlags = [
  '--enable-source-maps',
  '--max-old-space-size=256',
  '--max-semi-space-size=8',
  '--min-semi-space-size=8',
  '--expose-gc',
]
const deployedAllocator = { MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_ARENA_MAX: '2' }

const ours = (around: Surroundings): BotCommand => ({
  name: 'ours',
  args: () => [...deployedFlags, productMain()],
  env: (port) => ({
    ...deployedAllocator,
    NODE_ENV: 'production',
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: around.telegram,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TELEGRAM_WEBHOOK_SECRET: secret,
    DATABASE_URL: around.postgres,
    REDIS_URL: around.redis,
    HOST: '127.0.0.1',
    PORT: `${port}`,
    ORGANISATION_NAME: 'Центр «Рядом»',
    ORGANISATION_ADDRESS: 'Ставрополь, улица Ленина, 1',
    ORGANISATION_CONTACT: '+7 8652 00-00-00',
    DATA_KEYS: around.keys ?? dataKeys,
    LOG_LEVEL: 'silent',
  }),
  readyPath: '/health/ready',
})
