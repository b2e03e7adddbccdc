/**
 * Serialises the inputs of a person within this process, in order of arrival. The database lock does the same across
 * processes; this one keeps screen and session consistent, and knows whether more inputs are waiting.
 */
export type PersonLock = {
  /** Acquires the lock. `more()` tells whether further inputs of the person are waiting. */
  enter(account: string): Promise<{ more: () => boolean; leave: () => void }>
}

export const createPersonLock = (): PersonLock => {
  const tails = new Map<string, { tail: Promise<void>; waiting: number }>()
  return {
    enter: async (account) => {
      const line = tails.get(account) ?? { tail: Promise.resolve(), waiting: 0 }
      tails.set(account, line)
      const before = line.tail
      let leave = () => {}
      line.tail = new Promise((resolve) => {
        leave = resolve
      })
      const own = line.tail
      line.waiting += 1
      await before
      line.waiting -= 1
      return {
        more: () => line.waiting > 0,
        leave: () => {
          if (line.tail === own) tails.delete(account)
          leave()
        },
      }
    },
  }
}
