/**
 * Gathers what comes while the last write is under way, and writes it together in the next one: a single result is
 * written at once, a thousand in a second cost a few statements. Each caller learns whether its own was written.
 */
export const createBatchWriter = <T>(write: (items: T[]) => Promise<void>): ((item: T) => Promise<void>) => {
  let waiting: { item: T; done: PromiseWithResolvers<void> }[] = []
  let writing = false

  const flush = async () => {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await write(batch.map(({ item }) => item))
        for (const { done } of batch) done.resolve()
      } catch (error) {
        for (const { done } of batch) done.reject(error)
      }
    }
    writing = false
  }

  return (item) => {
    const done = Promise.withResolvers<void>()
    waiting.push({ item, done })
    if (!writing) void flush()
    return done.promise
  }
}
