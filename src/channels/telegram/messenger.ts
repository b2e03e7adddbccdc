import type { Api } from 'grammy'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import { isAnswering } from '#dialogue/navigation.ts'
import type { Dialogue } from '#dialogue/dialogue.ts'
import { newSession } from '#dialogue/session.ts'
import { type Messenger, Unreachable } from '#dialogue/messenger.ts'
import { RetryAfter } from '#queue/run-job.ts'
import type { PersonLock } from './person-lock.ts'
import type { Later } from './later.ts'
import { putCard, takeOff } from './live-card.ts'
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
  later,
  clock,
  log,
}: {
  api: Api
  send: Send
  dialogue: Dialogue
  sessions: Sessions
  lock: PersonLock
  rateLimiter: () => Promise<void>
  later: Later
  clock: Clock
  log: Log
}): Messenger => ({
  send: async (account, view) => messageIdOf(await translated(() => send.view(chatOf(account), view))),
  edit: (account, messageId, view) =>
    tolerant(() => send.editWords(chatOf(account), messageNumberOf(messageId), view)),
  remove: (account, messageId) =>
    tolerant(async () => void (await api.deleteMessage(chatOf(account), messageNumberOf(messageId)))),
  turn: rateLimiter,
  inQuestion: async (account) => {
    const session = await sessions.storage.read(account)
    return session !== undefined && isAnswering(session, clock.now())
  },
  drawScreen: async (account) => {
    const turn = await lock.enter(account)
    try {
      const kept = await sessions.storage.read(account)
      // Drawn meanwhile by the person's next tap, or the redraw for another input.
      if (kept && !kept.undrawn) return
      const session = kept ?? newSession()
      const { card } = await dialogue.redraw({ channel: 'telegram', account }, session)
      if (!card) return
      const chatId = chatOf(account)
      const last = await translated(() => putCard({ send, later, log }, { chatId, session }, card))
      await sessions.storage.write(account, session)
      await tolerant(() => takeOff({ api, send }, chatId, last))
    } finally {
      turn.leave()
    }
  },
})

/** Translates Telegram's refusals into the workers' errors. */
const translated = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await call()
  } catch (error) {
    const failure = failureOf(error)
    if (failure.kind === 'unreachable') throw new Unreachable('unreachable', { cause: error })
    if (failure.kind === 'later') throw new RetryAfter(failure.seconds, { cause: error })
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
