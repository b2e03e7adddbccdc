import { HttpProblem } from './problems.ts'

/** Does the work when its turn comes. Throws `unavailable` when that takes too long; then nothing was begun. */
export type Semaphore = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Lets so many go on at once; the others wait, in the order in which they came, for at most so long (milliseconds).
 * The database's connections are the bot's too: however many calls come at once, they take no more than these.
 */
export const createSemaphore = ({
  concurrency,
  waitMs,
}: {
  concurrency: number
  waitMs: number
}): Semaphore => {
  let going = 0
  const waiting = new Set<() => void>()

  const turn = async (): Promise<void> => {
    if (going < concurrency) {
      going += 1
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const late = setTimeout(() => {
      waiting.delete(go)
      reject(new HttpProblem('unavailable'))
    }, waitMs)
    const go = () => {
      clearTimeout(late)
      resolve()
    }
    waiting.add(go)
    await promise
  }

  /** The turn goes straight to whoever waits longest: nobody who comes just now slips in between. */
  const pass = (): void => {
    const [next] = waiting
    if (!next) {
      going -= 1
      return
    }
    waiting.delete(next)
    next()
  }

  return async (work) => {
    await turn()
    try {
      return await work()
    } finally {
      pass()
    }
  }
}
