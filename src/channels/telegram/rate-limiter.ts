import { setTimeout as pause } from 'node:timers/promises'

/** In how many milliseconds it is one's turn, where each is so many after the one before; rejects where nobody can say. */
export type NextTurn = (everyMs: number) => Promise<number>

/**
 * Gives each caller a turn, so many a second at most, in the order in which they asked: at all instances together where
 * they share their turns, and at this one where they do not, or cannot just now.
 */
export const createRateLimiter = (perSecond: number, shared?: NextTurn): (() => Promise<void>) => {
  const everyMs = 1000 / perSecond
  let next = Promise.resolve()
  const own = () => {
    const turn = next
    next = turn.then(() => pause(everyMs))
    return turn
  }
  return () => (shared ? shared(everyMs).then((ms) => pause(ms), own) : own())
}
