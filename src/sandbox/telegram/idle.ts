import { setImmediate as turn } from 'node:timers/promises'

/** What is still under way, in words; empty when all is quiet. */
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

  /** Two turns of the event loop: whoever has just been answered gets the chance to call again. */
  const staysQuiet = async () => {
    for (let turns = 0; turns < 2; turns += 1) {
      if (unfinished().length > 0) return false
      await turn()
    }
    return unfinished().length === 0
  }

  return {
    /** Something ended: those who wait look again. */
    wake: () => {
      if (waiting.length === 0) return
      const woken = waiting
      waiting = []
      for (const look of woken) look()
    },
    /** @throws Error that says what is pending after `timeout` milliseconds */
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
