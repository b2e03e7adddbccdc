import { setTimeout as pause } from 'node:timers/promises'

// Sealing anew goes beside people who are answered: it is done in small pieces, with rests between them.

export type Pace = {
  /**
   * Runs one piece, then rests in proportion to the time that it took. `size`: how many values or rows it may have; more while pieces
   * are quick, fewer once they are slow.
   */
  piece<T>(work: (size: number) => Promise<T>): Promise<T>
  /** The same for what cannot be made smaller. */
  whole<T>(work: () => Promise<T>): Promise<T>
}

/** A piece should take this long (ms): whoever waits for one of its rows waits no longer. */
const pieceMs = 40
/** Fewer than the least save nobody a wait, because a transaction costs more than they do. */
const sizes = { first: 50, least: 20, most: 500 }
/** Of two moments one is worked: what a core and the database do meanwhile is for everybody else. */
const restOf = 1
/** A piece that waited for a lock is no reason to rest for long (ms). */
const longestRestMs = 250

export type PaceSettings = {
  /** Ends rests at once; nobody has to wait for them who stops. */
  signal?: AbortSignal | undefined
  now?: () => number
  rest?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

const sleep: PaceSettings['rest'] = (ms, signal) =>
  pause(ms, undefined, { ...(signal && { signal }) }).catch(() => {})

export const createPace = ({
  signal,
  now = () => performance.now(),
  rest = sleep,
}: PaceSettings = {}): Pace => {
  let size = sizes.first
  const timed = async <T>(work: () => Promise<T>): Promise<{ done: T; took: number }> => {
    const began = now()
    const done = await work()
    const took = now() - began
    await rest(Math.min(took * restOf, longestRestMs), signal)
    return { done, took }
  }
  return {
    piece: async (work) => {
      const { done, took } = await timed(() => work(size))
      const grows = Math.min(2, Math.max(0.25, pieceMs / Math.max(took, 1)))
      size = Math.min(sizes.most, Math.max(sizes.least, Math.floor(size * grows)))
      return done
    },
    whole: async (work) => (await timed(work)).done,
  }
}
