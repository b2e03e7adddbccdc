/**
 * Serialises the inputs of a person within this process, in order of arrival. The database lock does the same across
 * processes; this one keeps screen and session consistent, and knows whether more inputs are waiting.
 */
export type PersonLock = {
  /**
   * Acquires the lock. `more()` tells whether further inputs of the person are waiting, to which the card may be left: jobs
   * and notes wait for the lock, too, and draw nothing.
   */
  enter(account: string, who?: 'input' | 'job'): Promise<{ more: () => boolean; leave: () => void }>
}

export const createPersonLock = (): PersonLock => {
  const tails = new Map<string, { tail: Promise<void>; inputs: number }>()
  return {
    enter: async (account, who = 'job') => {
      const line = tails.get(account) ?? { tail: Promise.resolve(), inputs: 0 }
      tails.set(account, line)
      const before = line.tail
      let leave = () => {}
      line.tail = new Promise((resolve) => {
        leave = resolve
      })
      const own = line.tail
      const inputs = who === 'input' ? 1 : 0
      line.inputs += inputs
      await before
      line.inputs -= inputs
      return {
        more: () => line.inputs > 0,
        leave: () => {
          if (line.tail === own) tails.delete(account)
          leave()
        },
      }
    },
  }
}
