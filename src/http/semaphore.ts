import PQueue from 'p-queue'
import { HttpProblem } from './problems.ts'

/** Runs work when a slot is free. Throws `unavailable` if none is free in time; then the work was not started. */
export type Semaphore = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Runs up to `concurrency` calls at once; the others wait in order of arrival, each for at most `waitMs`. Keeps API
 * calls from taking all database connections, which the bot needs too.
 */
export const createSemaphore = ({
  concurrency,
  waitMs,
}: {
  concurrency: number
  waitMs: number
}): Semaphore => {
  const queue = new PQueue({ concurrency })
  return (work) => {
    // p-queue's own timeout would also end running work, whose transaction would then commit unseen.
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(new HttpProblem('unavailable')), waitMs)
    const start = () => {
      clearTimeout(timer)
      return work()
    }
    return queue.add(start, { signal: waiting.signal })
  }
}
