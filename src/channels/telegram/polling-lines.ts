import { setTimeout as pause } from 'node:timers/promises'
import type { Receive } from './receive.ts'
import { accountOf, isCrisisTap, isStandaloneTap, type KnownUpdate } from './update.ts'

/** The updates in hand: fetched, and not yet confirmed to Telegram. */
export type PollingLines = {
  /** Puts an update at the end of its person's line and begins with it as soon as the line allows. */
  add(update: KnownUpdate): void
  /** Counts an update as done without handling it. */
  skip(updateId: number): void
  knows(updateId: number): boolean
  /** Forgets finished updates but these, which Telegram has repeated. */
  keep(updateIds: readonly number[]): void
  /** The lowest undone id; undefined if everything is done. */
  lowest(): number | undefined
  /** Resolves with the next update that is done, or after `ms`. */
  progress(ms: number): Promise<void>
  /** Waits until all lines have finished, or failed once more after the signal. */
  end(): Promise<void>
}

const longestPauseMs = 4_000
/** How many taps of one person wait at most; further ones are refused with a word, so that no line fills the hand. */
const mostTaps = 20

/**
 * Handles updates in lines: those of one person in order, those of several persons side by side. A tap for the crisis
 * card is a line of its own and never waits; taps for the guide wait for each other only. A failed update is tried
 * again with all updates of its line behind it.
 */
export const createPollingLines = (receive: Receive, signal: AbortSignal): PollingLines => {
  const done = new Set<number>()
  const undone = new Set<number>()
  const lines = new Map<string, { waiting: KnownUpdate[]; ended: Promise<void> }>()
  let moved = Promise.withResolvers<void>()

  const finish = (updateId: number) => {
    undone.delete(updateId)
    done.add(updateId)
    moved.resolve()
    moved = Promise.withResolvers()
  }

  const run = async (key: string, waiting: KnownUpdate[]): Promise<void> => {
    let failures = 0
    for (let update = waiting[0]; update; update = waiting[0]) {
      try {
        await receive(update, { more: () => isFollowed(update, waiting[1]) })
        waiting.shift()
        finish(update.update_id)
        failures = 0
      } catch {
        // Logged and counted by `receive`.
        if (signal.aborted) break
        failures += 1
        await pause(Math.min(250 * 2 ** failures, longestPauseMs), undefined, { signal }).catch(() => {})
        if (signal.aborted) break
      }
    }
    lines.delete(key)
  }

  /** Answers a tap out of its line, and without its work. */
  const refuse = (update: KnownUpdate) => {
    const key = `refused:${update.update_id}`
    const ended = receive(update, { crowded: true }).then(
      () => finish(update.update_id),
      () => finish(update.update_id),
    )
    lines.set(key, { waiting: [], ended: ended.finally(() => lines.delete(key)) })
  }

  return {
    add: (update) => {
      undone.add(update.update_id)
      const key = lineOf(update)
      const line = lines.get(key)
      if (!line) {
        const waiting = [update]
        lines.set(key, { waiting, ended: run(key, waiting) })
      } else if (update.callback_query && line.waiting.length > mostTaps) refuse(update)
      else line.waiting.push(update)
    },
    skip: finish,
    knows: (updateId) => done.has(updateId) || undone.has(updateId),
    keep: (updateIds) => {
      const repeated = new Set(updateIds)
      for (const id of done) if (!repeated.has(id)) done.delete(id)
    },
    lowest: () => (undone.size === 0 ? undefined : Math.min(...undone)),
    // A bare timer: this is waited for several times a second, and a stop may take so long.
    progress: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        void moved.promise.then(() => {
          clearTimeout(timer)
          resolve()
        })
      }),
    end: async () => {
      while (lines.size > 0) await Promise.all([...lines.values()].map(({ ended }) => ended))
    },
  }
}

const lineOf = (update: KnownUpdate): string => {
  const { update_id, message, edited_message, callback_query } = update
  if (isCrisisTap(update)) return `crisis:${update_id}`
  const account = accountOf((callback_query ?? message ?? edited_message)?.from?.id ?? 0)
  // In order among themselves, because the card of the last tap has to stay.
  return isStandaloneTap(update) ? `guide:${account}` : account
}

/** Words are followed by words, and a tap by a tap: only the last one's card is shown. */
const isFollowed = (update: KnownUpdate, next: KnownUpdate | undefined): boolean =>
  next !== undefined && (update.callback_query ? next.callback_query !== undefined : isWords(next))

/** Messages in the private chat, which are always answered with a new card. */
const isWords = ({ message, edited_message }: KnownUpdate): boolean =>
  (message ?? edited_message)?.chat.type === 'private'
