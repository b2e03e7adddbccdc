import type { Api } from 'grammy'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Dialogue } from '#dialogue/dialogue.ts'
import { Hidden, type Messenger, Unreachable } from '#dialogue/messenger.ts'
import { isAnswering } from '#dialogue/navigation.ts'
import { newSession, type Session } from '#dialogue/session.ts'
import { RetryAfter } from '#queue/run-job.ts'
import type { ChatMemory } from './chat-memory.ts'
import type { ClearChat } from './clear-chat.ts'
import { type FloodWaits, longestWaitSeconds } from './flood-waits.ts'
import type { Later } from './later.ts'
import { fitsOver, putCard, takeOff } from './live-card.ts'
import type { PersonLock } from './person-lock.ts'
import { failureOf, type Send } from './send.ts'
import type { Sessions } from './sessions.ts'
import { chatOf, messageIdOf, messageNumberOf } from './update.ts'

/** How workers reach people on Telegram. */
export const createMessenger = ({
  api,
  send,
  dialogue,
  sessions,
  lock,
  rateLimiter,
  floodWaits,
  later,
  hidden,
  memory,
  clear,
  clock,
  log,
}: {
  api: Api
  send: Send
  dialogue: Dialogue
  sessions: Sessions
  lock: PersonLock
  rateLimiter: () => Promise<void>
  floodWaits: FloodWaits
  later: Later
  /** Whether the person has hidden the chat. */
  hidden: (account: string) => Promise<boolean>
  memory: ChatMemory
  clear: ClearChat
  clock: Clock
  log: Log
}): Messenger => ({
  send: async (account, view) => {
    const chatId = chatOf(account)
    if (await hidden(account)) throw new Hidden('hidden')
    enter(floodWaits, chatId)
    const id = messageIdOf(await translated(() => send.view(chatId, view)))
    if (await settled({ api, memory }, account)) return id
    throw new Hidden('hidden while it was being sent')
  },
  edit: async (account, messageId, view) => {
    const chatId = chatOf(account)
    if (await hidden(account)) throw new Hidden('hidden')
    enter(floodWaits, chatId)
    await tolerant(() => send.editWords(chatId, messageNumberOf(messageId), view))
  },
  // Not held up by a wait for messages: what was promised to disappear must not stay.
  remove: (account, messageId) =>
    tolerant(async () => void (await api.deleteMessage(chatOf(account), messageNumberOf(messageId)))),
  turn: rateLimiter,
  wait: (account, { urgent }) => floodWaits.left(chatOf(account), urgent),
  inQuestion: async (account) => {
    const session = await sessions.storage.read(account)
    return session !== undefined && isAnswering(session, clock.now())
  },
  drawScreen: async (account) => {
    const chatId = chatOf(account)
    const turn = await lock.enter(account)
    try {
      const kept = await sessions.storage.read(account)
      // Drawn meanwhile by the person's next tap, or the redraw for another input.
      if (kept && !kept.undrawn) return
      const session = kept ?? newSession()
      const { card } = await dialogue.redraw({ channel: 'telegram', account }, session)
      if (!card) return
      enter(floodWaits, chatId)
      const last = await translated(() => putCard({ send, later, log }, { chatId, session }, card))
      await settled({ api, memory }, account, session)
      await sessions.keep(account, session)
      await tolerant(() => takeOff({ api, send }, chatId, last))
    } finally {
      turn.leave()
    }
  },
  redrawCase: async (account, requestId) => {
    const chatId = chatOf(account)
    const turn = await lock.enter(account)
    try {
      const session = await sessions.storage.read(account)
      if (!session || session.undrawn || session.crisis !== undefined || session.cardId === undefined) return
      const { screen, cardId } = session
      if (screen.name !== 'case' || screen.requestId !== requestId || (screen.part ?? 'card') !== 'card')
        return
      const { card } = await dialogue.redraw({ channel: 'telegram', account }, session)
      if (!card || !fitsOver(session, card)) return
      enter(floodWaits, chatId)
      await tolerant(() => send.editWords(chatId, messageNumberOf(cardId), card))
      await sessions.keep(account, session)
    } finally {
      turn.leave()
    }
  },
  clear: async (account, line) => {
    const turn = await lock.enter(account)
    try {
      const session = await sessions.storage.read(account)
      const done = await translated(() => clear(account, line, session))
      if (session && done) await sessions.keep(account, { ...session, hidden: true })
      return done
    } finally {
      turn.leave()
    }
  },
  endSession: async (account) => {
    const chatId = chatOf(account)
    const turn = await lock.enter(account)
    try {
      const kept = await sessions.storage.read(account)
      if (!kept) return
      const session = ended(kept)
      // First of all, so that the card below answers no tap even if Telegram cannot be reached.
      await sessions.storage.write(account, session)
      const { card } = await dialogue.redraw({ channel: 'telegram', account }, session)
      if (!card) return
      enter(floodWaits, chatId)
      const last = await translated(() => putCard({ send, later, log }, { chatId, session }, card))
      await settled({ api, memory }, account, session)
      await sessions.keep(account, session)
      await tolerant(() =>
        takeOff({ api, send }, chatId, last && { ...last, leaves: true, confidential: true }),
      )
    } finally {
      turn.leave()
    }
  },
})

/** Keeps what was sent. False if the chat was hidden meanwhile: it is deleted again. */
const settled = async (
  { api, memory }: { api: Api; memory: ChatMemory },
  account: string,
  session?: Session,
): Promise<boolean> => {
  const late = await memory.settle(account, { ...(session && { session }) })
  if (late.length === 0) return true
  await tolerant(async () => void (await api.deleteMessages(chatOf(account), late.map(messageNumberOf))))
  return false
}

/** The menu instead of whatever the person was doing. */
const ended = ({ language, address, cardId, confidential, picture, seen, revision }: Session): Session => ({
  ...newSession(),
  // Buttons of cards from before carry an earlier revision.
  revision: revision + 1,
  ...(language && { language }),
  ...(address && { address }),
  ...(cardId && { cardId }),
  ...(confidential && { confidential }),
  ...(picture && { picture }),
  ...(seen && { seen }),
})

/** Throws RetryAfter while the chat has to be left alone. */
const enter = (waits: FloodWaits, chatId: number): void => {
  const seconds = waits.enter(chatId)
  if (seconds > 0) throw new RetryAfter(seconds)
}

/** Translates Telegram's refusals into the workers' errors. */
const translated = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    const failure = failureOf(error)
    if (failure.kind === 'unreachable') throw new Unreachable('unreachable', { cause: error })
    if (failure.kind === 'later')
      throw new RetryAfter(Math.min(failure.seconds, longestWaitSeconds), { cause: error })
    throw error
  }
}

/** Ignores messages that are gone or already up to date. */
const tolerant = async (call: () => Promise<void>): Promise<void> => {
  try {
    await translated(call)
  } catch (error) {
    if (error instanceof Unreachable || error instanceof RetryAfter) throw error
    const { kind } = failureOf(error)
    if (kind !== 'gone' && kind !== 'same') throw error
  }
}
