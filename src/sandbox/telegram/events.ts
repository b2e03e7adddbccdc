import type { TelegramEvent } from './state.ts'

export type Events = {
  /** Subscribes to all changes, synchronously and in order; returns the unsubscribe function. */
  on(listener: (event: TelegramEvent) => void): () => void
  /** The next matching event. @throws Error after `timeout` milliseconds without one */
  next(fits: (event: TelegramEvent) => boolean, timeout?: number): Promise<TelegramEvent>
}

export const createEvents = (): Events & { emit(event: TelegramEvent): void } => {
  const listeners = new Set<(event: TelegramEvent) => void>()
  const on = (listener: (event: TelegramEvent) => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  return {
    on,
    next: (fits, timeout = 2000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          off()
          reject(new Error(`No such event within ${timeout} ms`))
        }, timeout)
        const off = on((event) => {
          if (!fits(event)) return
          clearTimeout(timer)
          off()
          resolve(event)
        })
      }),
    emit: (event) => {
      for (const listener of [...listeners]) listener(event)
    },
  }
}
