import { setTimeout as pause } from 'node:timers/promises'

/**
 * Reserves the next slot, `everyMs` after the previous one, and returns the wait in ms. Rejects if the shared store
 * is unavailable.
 */
export type NextTurn = (everyMs: number) => Promise<number>

/**
 * Limits callers to `perSecond`, in order of arrival: across all instances through `shared`, or within this one if
 * that is absent or unavailable.
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
