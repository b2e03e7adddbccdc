import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { createAttachments } from './attachments.ts'
import { createCalls } from './call.ts'
import { ConnectionLost } from './errors.ts'
import { createEvents } from './events.ts'
import { createFaults } from './faults.ts'
import { createIdle } from './idle.ts'
import { createLimits } from './limits.ts'
import { emulated } from './methods/index.ts'
import { downloadFile } from './methods/look.ts'
import { createPersons } from './persons.ts'
import { createPolling } from './polling.ts'
import { commandsFor, createProfile, inLanguage } from './profile.ts'
import type { World } from './state.ts'
import { openStore, type Store } from './store.ts'
import { createTaps } from './taps.ts'
import { createUpdates } from './updates.ts'
import { createWebhook } from './webhook.ts'

export type TelegramOptions = {
  /** `<bot id>:<secret>`; any other token gets 401. */
  token: string
  clock: Clock
  log?: Log | undefined
  /** The file of the persistent state; without it, in memory only. */
  file?: string | undefined
  bot?: { name: string; username: string } | undefined
  /** `telegram` simulates Telegram's sending rates; none by default. */
  limits?: 'none' | 'telegram' | undefined
  /** Multiplies the delays between webhook attempts (1 = seconds, as Telegram). */
  retryScale?: number | undefined
  /**
   * How long a person takes to write their next message, for a clock that stands still: each is dated at least so much
   * later than their last one. Nothing by default.
   */
  typingSeconds?: number | undefined
  /** Delivers every update twice. */
  duplicate?: boolean | undefined
  /** Increment of update_id (1 by default); may be negative. */
  updateIdStep?: (() => number) | undefined
  /** Delivers updates to the webhook; tests may do so without sockets. */
  fetch?: typeof fetch | undefined
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export type Telegram = ReturnType<typeof createTelegram>

/**
 * Telegram as seen by one bot and the persons in its chats. The persons' side are plain functions; the bot's side is
 * `execute`, reached through `serveTelegram` (HTTP) or `fetchFrom` (no sockets).
 */
export const createTelegram = (options: TelegramOptions) => {
  const { token, clock, log = silent, duplicate = false } = options
  const events = createEvents()
  const quiet = createIdle(() => unfinished())
  let store: Store | undefined

  const touch = (part: string) => store?.touch(part)
  const updates = createUpdates({
    clock,
    firstId: Math.floor(clock.now().getTime() / 1000) % 1_000_000_000,
    step: options.updateIdStep ?? (() => 1),
    onAdded: () => {
      touch('bot')
      if (faults.down) return
      polling.wake()
      webhook.pump()
    },
    onRemoved: ({ update }) => {
      touch('bot')
      if ('message' in update) events.emit({ type: 'delivered', chatId: update.message.chat.id })
      quiet.wake()
    },
  })
  const faults = createFaults((down) => {
    if (down) polling.lose(new ConnectionLost())
    else webhook.pump()
  })
  const world: World = {
    token,
    bot: {
      id: Number(token.split(':')[0]) || 1,
      is_bot: true,
      first_name: options.bot?.name ?? 'Ryadom',
      username: options.bot?.username ?? 'ryadom_sandbox_bot',
    },
    clock,
    log,
    accounts: new Map(),
    rooms: new Map(),
    files: new Map(),
    profile: createProfile(),
    updates,
    taps: createTaps(clock),
    faults,
    limits: createLimits(options.limits ?? 'none', clock),
    typingSeconds: options.typingSeconds ?? 0,
    counters: { message: 0, file: 0, account: 5_000_000 },
    emit: events.emit,
    touch,
  }
  const polling = createPolling({ updates, duplicate, hasWebhook: () => webhook.target !== undefined })
  const webhook = createWebhook({
    updates,
    log,
    duplicate,
    fetch: options.fetch ?? fetch,
    retryScale: options.retryScale ?? 1,
    isDown: () => faults.down,
    onSettled: () => quiet.wake(),
    now: () => clock.now(),
    onReply: async ({ method, ...params }) => {
      try {
        await calls.execute(token, String(method), params)
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error
      }
    },
  })
  const calls = createCalls({ world, methods: emulated(polling, webhook), onDone: quiet.wake })

  const unfinished = () => [
    ...updates.pending().map(({ update, queue }) => `update ${update.update_id} of ${queue}`),
    ...webhook.busy().map((queue) => `delivery of ${queue}`),
    ...(calls.inFlight() > 0 ? [`${calls.inFlight()} calls`] : []),
  ]

  if (options.file) {
    const opened = openStore({ world, file: options.file, webhook: () => webhook.target })
    const target = opened.load()
    store = opened
    if (target) webhook.set(target)
  }

  const languageOf = (accountId: number) => world.accounts.get(accountId)?.user.language_code

  return {
    ...createPersons(world),
    ...createAttachments(world),
    token,
    bot: world.bot,
    /** The time of the emulator's clock. */
    clock,
    events: { on: events.on, next: events.next },
    calls: calls.calls,
    refused: calls.refused,
    faults,
    execute: calls.execute,
    download: (path: string) => downloadFile(world, path),
    file: (fileId: string) => world.files.get(fileId),
    /** The person's messages that the bot has not received yet. */
    undelivered: (accountId: number): Set<number> =>
      new Set(
        updates
          .pending()
          .flatMap(({ update }) =>
            'message' in update && update.message.chat.id === accountId ? [update.message.message_id] : [],
          ),
      ),
    /** The command menu of a person, in their language. */
    commands: (accountId: number) => commandsFor(world.profile, accountId, languageOf(accountId)),
    /** The bot's description in an empty chat. */
    description: (accountId: number) => inLanguage(world.profile.description, languageOf(accountId)),
    profile: world.profile,
    webhookInfo: () => ({ target: webhook.target, ...webhook.status }),
    /** Expires taps older than 150 s by the clock; for tests that move the clock. */
    sweep: world.taps.sweep,
    idle: quiet.idle,
    /** A person's updates that are not delivered yet, where others go on meanwhile; empty: none. */
    unfinishedOf: (accountId: number) => unfinished().filter((what) => what.endsWith(`:${accountId}`)),
    /** Ends polls and deliveries, and flushes the file. */
    stop: async () => {
      webhook.stop()
      polling.lose(new ConnectionLost())
      store?.close()
      store = undefined
      world.taps.stop()
    },
  }
}
