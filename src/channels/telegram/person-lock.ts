/**
 * One input of a person at a time in this process, in the order of arrival. Across processes the database's
 * lock does the same; this one keeps the screen and the session in step, and tells who is behind.
 */
export type PersonLock = {
  /** Waits for the person's turn. `more()` says whether further inputs of the person wait already. */
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
