import type { FastifyInstance } from 'fastify'
import type { InputKey } from '#core/channel.ts'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Metrics } from '#core/metrics.ts'
import type { Texts } from '#core/text.ts'
import type { Dialogue } from '#dialogue/dialogue.ts'
import type { Messenger } from '#dialogue/messenger.ts'
import type { Jobs } from '#queue/boss.ts'
import type { Database } from '#storage/database.ts'
import { findHidden } from '#storage/hiding/hidden-chats.ts'
import { createLeaderLock } from '#storage/leader-lock.ts'
import type { Sealer } from '#storage/seal.ts'
import { quarantine, recordFailure } from '#storage/updates.ts'
import { leaveAtDesk } from '../desk-recipients.ts'
import { createBot } from './bot.ts'
import { createChatMemory } from './chat-memory.ts'
import { introduceBot } from './commands.ts'
import { meetTelegram } from './first-contact.ts'
import { createFloodWaits } from './flood-waits.ts'
import { createLater } from './later.ts'
import { createMessenger } from './messenger.ts'
import { startPolling } from './polling.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { createReceive } from './receive.ts'
import { openRecipients } from './recipients.ts'
import { createSessions } from './sessions.ts'
import type { Transport } from './transport.ts'
import { allowedUpdates } from './update.ts'
import { serveWebhook } from './webhook.ts'

export type TelegramSettings = {
  token: string
  apiRoot: string
  /** If present, updates are received by webhook, else by polling. */
  webhook?: { url: string; secret: string }
  /** Another way to Telegram than connections to `apiRoot`. */
  transport?: Transport | undefined
}

export type TelegramChannel = {
  messenger: Messenger
  /** The bot's username according to Telegram; known after `init`. */
  username(): string
  /** The bytes of a file that somebody sent; throws if there are more than `most`. */
  fetchFile(fileId: string, most: number): Promise<Uint8Array>
  /** Throws if a dependency of the channel is unavailable. */
  ready(): void
  /** Fetches the bot's identity and sets its commands and description. */
  init(): Promise<void>
  /** Starts receiving updates. */
  start(): Promise<void>
  /** Stops receiving and finishes updates in progress; a webhook ends with the server. */
  stop(): Promise<void>
  /** Closes the session store, once nothing uses it. */
  close(): Promise<void>
}

type ChannelDeps = {
  settings: TelegramSettings
  redisUrl?: string
  dialogue: Dialogue
  database: Database
  jobs: Jobs
  texts: Texts
  sealer: Sealer
  server: FastifyInstance
  /** Whether the database has been prepared; until then only the crisis card is served. */
  available: () => boolean
  clock: Clock
  metrics: Metrics
  log: Log
}

/** Telegram accepts about 30 messages a second from a bot; the rest is left for replies. */
const perSecond = 25

/** Creates the Telegram channel of the dialogue. */
export const createTelegramChannel = async (deps: ChannelDeps): Promise<TelegramChannel> => {
  const { settings, redisUrl, dialogue, database, jobs, texts, sealer, server, available, clock, log } = deps
  const { metrics } = deps
  const sessions = await createSessions(redisUrl, sealer, log)
  const later = createLater(database, sealer, jobs, log)
  const floodWaits = createFloodWaits(clock)
  const memory = createChatMemory({ database, sealer, clock, log })
  const telegram = createBot({
    telegram: settings,
    dialogue,
    sessions,
    texts,
    later,
    floodWaits,
    memory,
    database,
    sealer,
    clock,
    metrics,
    log,
  })
  const { bot, send, lock, clear } = telegram
  const rateLimiter = createRateLimiter(perSecond, sessions.nextTurn)
  const messenger = createMessenger({
    api: bot.api,
    send,
    dialogue,
    sessions,
    lock,
    rateLimiter,
    floodWaits,
    later,
    hidden: async (account) => (await findHidden(database, sealer, account)) !== null,
    memory,
    clear,
    clock,
    log,
  })
  later.serve(messenger)

  const failures = {
    count: (input: InputKey, code: string) => recordFailure(database, input, code, clock.now()),
    quarantine: async (input: InputKey) => {
      const alert = { kind: 'quarantined' as const, updateId: input.id }
      // Before the quarantine: an alert may be repeated, but never lost.
      await database.transaction((tx) => jobs.enqueue(tx, 'staff-alert', alert))
      await quarantine(database, input, clock.now())
    },
  }
  const receive = createReceive({ bot: telegram, available, failures, texts, metrics, log })
  if (settings.webhook) serveWebhook(server, settings.webhook.secret, receive, log)
  let stopReceiving = async () => {}

  return {
    messenger: leaveAtDesk(openRecipients(messenger, sealer), { sealer, database, clock }),
    username: () => bot.botInfo.username,
    fetchFile: telegram.fetchFile,
    ready: () => {
      if (!sessions.healthy()) throw new Error('redis is away')
    },
    init: async () => {
      await meetTelegram(bot, log)
      await introduceBot(bot.api, texts)
    },
    start: async () => {
      if (settings.webhook) {
        const { url, secret } = settings.webhook
        const address = new URL('/telegram/webhook', url).href
        await bot.api.setWebhook(address, { secret_token: secret, allowed_updates: allowedUpdates })
      } else {
        await bot.api.deleteWebhook()
        stopReceiving = startPolling(bot.api, receive, createLeaderLock(database, 'polling', log), log).stop
      }
    },
    stop: () => stopReceiving(),
    close: async () => {
      later.stop()
      await sessions.close()
      await telegram.close()
    },
  }
}
