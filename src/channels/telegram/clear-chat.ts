import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from 'grammy'
import type { Clock } from '#core/clock.ts'
import type { Log } from '#core/log.ts'
import type { Texts } from '#core/text.ts'
import type { Session } from '#dialogue/session.ts'
import type { Database } from '#storage/database.ts'
import { forgetMessages, messagesSince } from '#storage/hiding/chat-messages.ts'
import { claimClearing, endClearing, releaseClearing } from '#storage/hiding/hidden-chats.ts'
import type { Sealer } from '#storage/seal.ts'
import { type ChatMemory, deletableMs } from './chat-memory.ts'
import { showOwnCommands } from './commands.ts'
import { failureOf, type Send } from './send.ts'
import { chatOf, messageIdOf, messageNumberOf } from './update.ts'

/** Longer than the deletion takes; whoever dies over it holds the next one up for so long. */
const leaseMs = 10_000
/** Telegram's own limit. */
const atOnce = 100
/** How long it is waited for Telegram here; a longer wait is left to the job. */
const patientSeconds = 10

export type ClearChat = (account: string, line: string, session?: Session) => Promise<boolean>

/**
 * Deletes what can be deleted of a hidden chat, the newest first, and leaves one line: ids of 100 messages a call, so three calls
 * for 200. What has begun is finished, here or by the job. Returns false if it is done, or another process does it now.
 */
export const createClearChat = (deps: {
  api: Api
  send: Send
  database: Database
  sealer: Sealer
  texts: Texts
  memory: ChatMemory
  clock: Clock
  log: Log
}): ClearChat => {
  const { api, send, database, sealer, texts, memory, clock, log } = deps

  return async (account, line, session) => {
    const chatId = chatOf(account)
    const now = clock.now()
    const until = new Date(now.getTime() + leaseMs)
    const claimed = await database.transaction((tx) => claimClearing(tx, sealer, { account, now, until }))
    if (!claimed) return false
    try {
      await memory.settle(account, { ...(session && { session }), hidden: true })
      const since = new Date(now.getTime() - deletableMs)
      const kept = await messagesSince(database, sealer, account, since)
      const inSession = (session?.sent ?? []).map(({ id }) => id)
      const ids = [...new Set([...kept, ...inSession, ...claimed.messageIds])].map(messageNumberOf)
      const left = await deleteAll(
        api,
        chatId,
        ids.sort((one, other) => other - one),
      )
      const told = await patiently(() =>
        api.sendMessage(chatId, line, { reply_markup: { remove_keyboard: true } }),
      )
      memory.spare(told.message_id)
      await forgetMessages(database, sealer, account, ids.map(messageIdOf))
      if (session) forgetCards(session)
      await memory.settle(account, { ...(session && { session }), hidden: true })
      await database.transaction((tx) => endClearing(tx, sealer, account, clock.now()))
      // What is too old to be deleted can still be emptied: the card with the buttons, as a rule.
      for (const id of left) await send.editWords(chatId, id, emptied).catch(failureOf)
      await showOwnCommands(api, texts, { chatId, menu: 'hidden' }).catch((error: unknown) =>
        log.warn('commands.not-set', { error }),
      )
      return true
    } catch (error) {
      await database.transaction((tx) => releaseClearing(tx, sealer, account))
      throw error
    }
  }
}

const emptied = { screen: 'blank', html: '…', rows: [] }

/** What was drawn is gone. */
const forgetCards = (session: Session): void => {
  for (const field of [
    'cardId',
    'contactHintId',
    'picture',
    'confidential',
    'undrawn',
    'unsent',
    'since',
    'sent',
  ] as const)
    delete session[field]
}

/** Deletes messages, and returns those that Telegram refuses: one of them spoils a whole call, so that is halved. */
const deleteAll = async (api: Api, chatId: number, ids: readonly number[]): Promise<number[]> => {
  const left: number[] = []
  for (let from = 0; from < ids.length; from += atOnce)
    left.push(...(await deleteSome(api, chatId, ids.slice(from, from + atOnce))))
  return left
}

const deleteSome = async (api: Api, chatId: number, ids: readonly number[]): Promise<number[]> => {
  try {
    await patiently(() => api.deleteMessages(chatId, [...ids]))
    return []
  } catch (error) {
    const { kind } = failureOf(error)
    if (kind !== 'gone' && kind !== 'refused') throw error
    if (ids.length === 1) return [...ids]
    const half = Math.ceil(ids.length / 2)
    return [
      ...(await deleteSome(api, chatId, ids.slice(0, half))),
      ...(await deleteSome(api, chatId, ids.slice(half))),
    ]
  }
}

/** Waits for Telegram where that is short. */
const patiently = async <T>(call: () => Promise<T>): Promise<T> => {
  for (let waited = 0; ; ) {
    try {
      return await call()
    } catch (error) {
      const failure = failureOf(error)
      if (failure.kind !== 'later' || waited + failure.seconds > patientSeconds) throw error
      waited += failure.seconds
      await pause(failure.seconds * 1000)
    }
  }
}
