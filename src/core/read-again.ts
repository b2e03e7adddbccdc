/**
 * Reads at once, and again every `everyMs` until it is stopped; a reading that takes longer is not begun twice. Returns the stop,
 * which waits for a reading under way. `read` deals with its own errors.
 */
export const readAgain = async (read: () => Promise<void>, everyMs: number): Promise<() => Promise<void>> => {
  await read()
  let reading: Promise<void> | undefined
  const timer = setInterval(() => {
    reading ??= read().finally(() => {
      reading = undefined
    })
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await reading
  }
}
