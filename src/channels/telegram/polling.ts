import { setTimeout as pause } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '#core/log.ts'
import type { LeaderLock } from '#storage/leader-lock.ts'
import type { Receive } from './receive.ts'
import { accountOf, allowedUpdates, isCrisisTap, type KnownUpdate, updateSchema } from './update.ts'

export type Polling = { stop(): Promise<void> }

const askSeconds = 30
const longestPauseMs = 4_000

/**
 * Asks Telegram for updates. Nothing is confirmed before all up to it is done: what failed comes again with
 * the next question, together with what is new, so a crash or an outage at any point loses nothing and the
 * crisis card is served meanwhile. Persons are served side by side, the inputs of one person in order.
 */
export const startPolling = (api: Api, receive: Receive, lock: LeaderLock, log: Log): Polling => {
  const stopping = new AbortController()
  const done = new Set<number>()
  let offset: number | undefined
  let failures = 0

  const rest = () => {
    const ms = Math.min(250 * 2 ** failures, longestPauseMs)
    return pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined)
  }

  const ask = (): Promise<Update[]> =>
    api.getUpdates(
      {
        ...(offset !== undefined && { offset }),
        limit: 100,
        timeout: askSeconds,
        allowed_updates: allowedUpdates,
      },
      // grammY names the type of a polyfill; Node's own signal is what it works with.
      stopping.signal as unknown as Parameters<Api['getUpdates']>[1],
    )

  /** What cannot be understood will not be understood next time either: it is done with, and in the log. */
  const understood = (raw: Update[]): KnownUpdate[] =>
    raw.flatMap((one) => {
      const parsed = updateSchema.safeParse(one)
      if (parsed.success) return [parsed.data]
      log.error('polling.malformed', { updateId: one.update_id })
      done.add(one.update_id)
      return []
    })

  const round = async () => {
    const batch = await ask()
    const fresh = batch.filter(({ update_id }) => !done.has(update_id))
    await Promise.all(inLines(understood(fresh)).map(inOrder))
    const undone = batch.find(({ update_id }) => !done.has(update_id))
    const last = batch.at(-1)
    // Nothing came, so all is confirmed. After an idle week Telegram's ids begin anew, perhaps below the old
    // ones: an offset that is kept would confirm them unread.
    if (!last) offset = undefined
    else offset = undone ? undone.update_id : last.update_id + 1
    if (!undone) done.clear()
    failures = undone ? failures + 1 : 0
    if (undone) await rest()
  }

  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        // Of several instances one asks: Telegram refuses a second poller.
        await lock.hold(stopping.signal)
        if (!stopping.signal.aborted) await round()
      } catch (error) {
        if (stopping.signal.aborted) break
        failures += 1
        const conflict = error instanceof GrammyError && error.error_code === 409
        log.warn(conflict ? 'polling.another-poller' : 'polling.failed', { error })
        await rest()
      }
    }
  }

  /** Serves one line of updates up to the first failure. */
  const inOrder = async (updates: KnownUpdate[]): Promise<void> => {
    for (const [index, update] of updates.entries()) {
      try {
        await receive(update, { more: isWords(updates[index + 1]) })
        done.add(update.update_id)
      } catch {
        // Logged and counted by `receive`; it comes again, with all that waits behind it.
        return
      }
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
      // Confirms what is done, so that the next start is not served it again; duplicates would be harmless.
      if (offset !== undefined) {
        await api
          .getUpdates({ offset, limit: 1, timeout: 0 })
          .catch((error: unknown) => log.debug('polling.not-confirmed', { error }))
      }
      await lock.release()
    },
  }
}

/** One person's inputs stay in order; a call for the crisis card waits behind nothing. */
const inLines = (updates: KnownUpdate[]): KnownUpdate[][] => {
  const lines = Object.groupBy(updates, (update) => {
    const { update_id, message, edited_message, callback_query } = update
    if (isCrisisTap(update)) return `crisis:${update_id}`
    return accountOf((callback_query ?? message ?? edited_message)?.from?.id ?? 0)
  })
  return Object.values(lines).map((line) => line ?? [])
}

/** Something sent into the private chat: it is always answered with a card of its own. */
const isWords = (update: KnownUpdate | undefined): boolean =>
  (update?.message ?? update?.edited_message)?.chat.type === 'private'
