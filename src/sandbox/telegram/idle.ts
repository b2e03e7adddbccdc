import { setImmediate as turn } from 'node:timers/promises'

/** Descriptions of unfinished work; empty if idle. */
export type Unfinished = () => string[]

export const createIdle = (unfinished: Unfinished) => {
  let waiting: (() => void)[] = []

  const changed = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })

  /** Two turns of the event loop, so that a caller that has just been answered can call again. */
  const staysQuiet = async () => {
    for (let turns = 0; turns < 2; turns += 1) {
      if (unfinished().length > 0) return false
      await turn()
    }
    return unfinished().length === 0
  }

  return {
    /** Signals that something finished: waiters check again. */
    wake: () => {
      if (waiting.length === 0) return
      const woken = waiting
      waiting = []
      for (const look of woken) look()
    },
    /** @throws Error naming what is pending after `timeout` milliseconds */
    idle: async (timeout = 5000): Promise<void> => {
      const deadline = performance.now() + timeout
      while (!(await staysQuiet())) {
        const left = deadline - performance.now()
        if (left <= 0) throw new Error(`Not idle after ${timeout} ms: ${unfinished().join('; ')}`)
        if (unfinished().length > 0) await changed(left)
      }
    },
  }
}
