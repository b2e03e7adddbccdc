import { badRequest, conflict } from './errors.ts'
import type { Update } from './types.ts'
import type { Updates } from './updates.ts'

export type PollParams = { offset?: number; limit?: number; timeout?: number; allowed_updates?: string[] }

type Waiter = { deliver: () => void; refuse: (error: Error) => void }

type Wiring = { updates: Updates; hasWebhook: () => boolean; duplicate: boolean }

export type Polling = ReturnType<typeof createPolling>

/** `getUpdates`: one poller at a time, a newer one ends the older; a higher offset confirms all earlier updates. */
export const createPolling = ({ updates, hasWebhook, duplicate }: Wiring) => {
  let waiter: Waiter | undefined

  const end = (reason: string) => waiter?.refuse(conflict(reason))

  const take = (limit: number): Update[] => {
    const batch = updates.list(limit)
    return duplicate ? batch.flatMap((update) => [update, update]) : batch
  }

  const wait = (limit: number, seconds: number, signal?: AbortSignal): Promise<Update[]> => {
    const { promise, resolve, reject } = Promise.withResolvers<Update[]>()
    const own: Waiter = {
      deliver: () => settle(() => resolve(take(limit))),
      refuse: (error) => settle(() => reject(error)),
    }
    const timer = setTimeout(own.deliver, seconds * 1000)
    const onAbort = () => own.refuse(new DOMException('The poll was aborted', 'AbortError'))
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      if (waiter === own) waiter = undefined
      finish()
    }
    signal?.addEventListener('abort', onAbort)
    waiter = own
    if (signal?.aborted) onAbort()
    return promise
  }

  return {
    /**
     * Updates from `offset` on, at most `limit`; waits `timeout` seconds for the first one.
     * @throws ApiError 409 when a webhook is set, or later when another poller takes over
     */
    poll: async (params: PollParams, signal?: AbortSignal): Promise<Update[]> => {
      if (hasWebhook()) {
        throw conflict(
          "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        )
      }
      end('terminated by other getUpdates request; make sure that only one bot instance is running')
      const { offset = 0, timeout = 0, limit = 100 } = params
      if (timeout < 0) throw badRequest('timeout must be non-negative')
      if (params.allowed_updates) updates.state.allowed = params.allowed_updates
      if (offset > 0) updates.confirmBefore(offset)
      if (offset < 0) updates.keepNewest(-offset)
      const most = Math.min(Math.max(limit, 1), 100)
      const ready = take(most)
      if (ready.length > 0 || timeout === 0) return ready
      return wait(most, Math.min(timeout, 50), signal)
    },
    /** Hands new updates to the waiting poller, if any. */
    wake: () => waiter?.deliver(),
    /** Aborts a waiting poll. */
    end,
    lose: (error: Error) => waiter?.refuse(error),
  }
}
