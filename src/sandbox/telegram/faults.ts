import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, ConnectionLost } from './errors.ts'

export type Failure = {
  /** HTTP status and `error_code`; 0 breaks the connection instead of answering. */
  code: number
  /** Seconds, for 429. */
  retryAfter?: number
  description?: string
  /** The call takes effect; only its response is lost or wrong. */
  afterApplying?: boolean
}

const descriptions: Record<number, string> = {
  400: 'Bad Request: made to fail',
  403: 'Forbidden: bot was blocked by the user',
  429: 'Too Many Requests: retry after',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}

export type Faults = ReturnType<typeof createFaults>

/** Fault injection. `down` also stops the delivery of updates. */
export const createFaults = (onDown: (down: boolean) => void) => {
  const planned: { method: string; chatId?: number | undefined; left: number; failure: Failure }[] = []
  const held: {
    method: string
    chatId?: number | undefined
    reached: () => void
    released: Promise<void>
  }[] = []
  let delayed = 0
  let down = false

  const error = ({ code, retryAfter, description }: Failure): Error => {
    if (code === 0) return new ConnectionLost()
    const told = description ?? `${descriptions[code] ?? 'Error'}${code === 429 ? ` ${retryAfter ?? 1}` : ''}`
    return new ApiError(code, told, code === 429 ? (retryAfter ?? 1) : retryAfter)
  }

  return {
    /** Makes the next `count` calls of a method (`*`: any but getUpdates) fail; only those to `chatId`, if given. */
    failNext: (method: string, count: number, failure: Failure, chatId?: number) => {
      planned.push({ method, chatId, left: count, failure })
    },
    /** The next such call, to whichever chat if none is given, takes effect, and is answered only after `release`. */
    holdNext: (method: string, chatId?: number): { reached: Promise<void>; release: () => void } => {
      const reached = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      held.push({ method, chatId, reached: reached.resolve, released: released.promise })
      return { reached: reached.promise, release: released.resolve }
    },
    /** Called once a call has taken effect. */
    answered: async (method: string, chatId?: unknown): Promise<void> => {
      const found = held.find(
        (one) => one.method === method && (one.chatId === undefined || one.chatId === Number(chatId)),
      )
      if (!found) return
      held.splice(held.indexOf(found), 1)
      found.reached()
      await found.released
    },
    /** Delays every call by this many milliseconds. */
    delay: (milliseconds: number) => {
      delayed = milliseconds
    },
    get down() {
      return down
    },
    set down(value: boolean) {
      down = value
      onDown(value)
    },
    /** Removes all faults. */
    clear: () => {
      planned.length = 0
      delayed = 0
      down = false
      onDown(false)
    },
    /** Called before a call is executed; throws, or returns the error to throw afterwards. */
    meet: async (method: string, chatId?: unknown): Promise<Error | undefined> => {
      if (delayed > 0 && method !== 'getUpdates') await sleep(delayed)
      if (down) throw new ConnectionLost()
      const plan = planned.find(
        (one) =>
          (one.method === method || (one.method === '*' && method !== 'getUpdates')) &&
          (one.chatId === undefined || one.chatId === chatId),
      )
      if (!plan) return undefined
      plan.left -= 1
      if (plan.left <= 0) planned.splice(planned.indexOf(plan), 1)
      if (plan.failure.afterApplying) return error(plan.failure)
      throw error(plan.failure)
    },
  }
}
