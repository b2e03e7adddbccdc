import { setTimeout as pause } from 'node:timers/promises'
import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '#core/log.ts'
import type { LeaderLock } from '#storage/leader-lock.ts'
import { createPollingLines } from './polling-lines.ts'
import type { Receive } from './receive.ts'
import { allowedUpdates, updateSchema } from './update.ts'

export type Polling = { stop(): Promise<void> }

const askSeconds = 30
const longestPauseMs = 4_000
/** How long an instance that polls without the lock leaves it to another one that does. */
const otherPollerMs = 30_000
/** How soon Telegram is asked again while updates are in hand: at first, and once nothing new has come. */
const nextAskMs = { first: 50, longest: 200 }

/**
 * Polls Telegram for updates, at least once. An offset is confirmed only after all updates up to it are done, so a
 * crash or an outage at any point loses nothing: the next start fetches them again. Asks again while updates are still
 * in hand, so nobody waits for a round of others; `polling-lines.ts` keeps each person's order. Telegram returns a
 * hundred updates from the offset on, which is also the most that is in hand.
 */
export const startPolling = (api: Api, receive: Receive, lock: LeaderLock, log: Log): Polling => {
  const stopping = new AbortController()
  const { signal } = stopping
  const lines = createPollingLines(receive, signal)
  /** The last id of the newest batch. */
  let last: number | undefined
  let failures = 0
  let nothingNew = 0

  const rest = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined)

  /** The lowest undone update; else what follows the last one. */
  const offset = (): number | undefined => lines.lowest() ?? (last === undefined ? undefined : last + 1)

  const ask = (from: number | undefined): Promise<Update[]> =>
    api.getUpdates(
      {
        ...(from !== undefined && { offset: from }),
        limit: 100,
        timeout: askSeconds,
        allowed_updates: allowedUpdates,
      },
      // grammY's type is that of a polyfill; Node's own signal works.
      signal as unknown as Parameters<Api['getUpdates']>[1],
    )

  /** Malformed updates would fail again: they are logged and skipped. */
  const take = (raw: Update): void => {
    const parsed = updateSchema.safeParse(raw)
    if (parsed.success) lines.add(parsed.data)
    else {
      log.error('polling.malformed', { updateId: raw.update_id })
      lines.skip(raw.update_id)
    }
  }

  const round = async () => {
    const batch = await ask(offset())
    const fresh = batch.filter(({ update_id }) => !lines.knows(update_id))
    // An empty batch: everything is confirmed. After an idle week Telegram's ids restart, perhaps below the old ones:
    // a stored offset would confirm them unread.
    last = batch.at(-1)?.update_id
    lines.keep(batch.map(({ update_id }) => update_id))
    for (const one of fresh) if (!lines.knows(one.update_id)) take(one)
    failures = 0
    nothingNew = fresh.length > 0 ? 0 : nothingNew + 1
    // Telegram answers at once as long as it has an unconfirmed update.
    if (lines.lowest() !== undefined)
      await lines.progress(Math.min(nextAskMs.first * 2 ** nothingNew, nextAskMs.longest))
  }

  const run = async () => {
    while (!signal.aborted) {
      try {
        // One instance polls at a time: Telegram refuses a second poller.
        await lock.hold(signal)
        if (!signal.aborted) await round()
      } catch (error) {
        if (signal.aborted) break
        failures += 1
        const conflict = error instanceof GrammyError && error.error_code === 409
        log.warn(conflict ? 'polling.another-poller' : 'polling.failed', { error })
        await rest(conflict && !lock.isHeld() ? otherPollerMs : Math.min(250 * 2 ** failures, longestPauseMs))
      }
    }
  }

  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
      await lines.end()
      // Confirms finished updates, so that the next start does not get them again; duplicates would be harmless.
      const from = offset()
      if (from !== undefined) {
        await api
          .getUpdates({ offset: from, limit: 1, timeout: 0 })
          .catch((error: unknown) => log.debug('polling.not-confirmed', { error }))
      }
      await lock.release()
    },
  }
}
