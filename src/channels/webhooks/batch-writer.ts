/**
 * Batches items that arrive while a write is in progress: a single item is written at once, a thousand a second take
 * a few statements. Each caller learns whether its own item was written.
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
