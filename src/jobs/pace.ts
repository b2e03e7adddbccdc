import { setTimeout as pause } from 'node:timers/promises'

/** Gives each caller a turn, so many a second at most, in the order in which they asked. */
export const createPace = (perSecond: number): (() => Promise<void>) => {
  let next = Promise.resolve()
  return () => {
    const turn = next
    next = turn.then(() => pause(1000 / perSecond))
    return turn
  }
}
