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
 * Polls Telegram for updates, at least once. An offset is confirmed only after all updates up to it are done: failed
 * ones are fetched again with the next poll, so a crash or an outage at any point loses nothing, and the crisis card
 * is served meanwhile. Persons are served concurrently, the inputs of one person in order.
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
      // grammY's type is that of a polyfill; Node's own signal works.
      stopping.signal as unknown as Parameters<Api['getUpdates']>[1],
    )

  /** Malformed updates would fail again: they are logged and skipped. */
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
    // An empty batch: everything is confirmed. After an idle week Telegram's ids restart, perhaps below the old ones:
    // a stored offset would confirm them unread.
    if (!last) offset = undefined
    else offset = undone ? undone.update_id : last.update_id + 1
    if (!undone) done.clear()
    failures = undone ? failures + 1 : 0
    if (undone) await rest()
  }

  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        // One instance polls at a time: Telegram refuses a second poller.
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

  /** Handles one sequence of updates up to the first failure. */
  const inOrder = async (updates: KnownUpdate[]): Promise<void> => {
    for (const [index, update] of updates.entries()) {
      try {
        await receive(update, { more: isWords(updates[index + 1]) })
        done.add(update.update_id)
      } catch {
        // Logged and counted by `receive`; fetched again, with all updates behind it.
        return
      }
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
      // Confirms finished updates, so that the next start does not get them again; duplicates would be harmless.
      if (offset !== undefined) {
        await api
          .getUpdates({ offset, limit: 1, timeout: 0 })
          .catch((error: unknown) => log.debug('polling.not-confirmed', { error }))
      }
      await lock.release()
    },
  }
}

/** Groups updates by person to keep their order; a tap for the crisis card never waits. */
const inLines = (updates: KnownUpdate[]): KnownUpdate[][] => {
  const lines = Object.groupBy(updates, (update) => {
    const { update_id, message, edited_message, callback_query } = update
    if (isCrisisTap(update)) return `crisis:${update_id}`
    return accountOf((callback_query ?? message ?? edited_message)?.from?.id ?? 0)
  })
  return Object.values(lines).map((line) => line ?? [])
}

/** Messages in the private chat, which are always answered with a new card. */
const isWords = (update: KnownUpdate | undefined): boolean =>
  (update?.message ?? update?.edited_message)?.chat.type === 'private'
