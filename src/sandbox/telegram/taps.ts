import type { Clock } from '#core/clock.ts'
import { badRequest } from './errors.ts'

export type TapAnswer = { text?: string; showAlert?: boolean; url?: string } | 'expired'
export type Tap = { id: string; accountId: number; messageId: number; at: number }
type Waiting = Tap & { resolve: (answer: TapAnswer) => void; timer?: NodeJS.Timeout }

const life = 150 * 1000
const tooOld = 'query is too old and response timeout expired or query ID is invalid'

export type Taps = ReturnType<typeof createTaps>

/** Taps waiting for `answerCallbackQuery`: answered once, within 150 s, or never. */
export const createTaps = (clock: Clock) => {
  const waiting = new Map<string, Waiting>()
  let count = 0

  const expire = (tap: Waiting) => {
    clearTimeout(tap.timer)
    waiting.delete(tap.id)
    tap.resolve('expired')
  }
  const sweep = () => {
    const now = clock.now().getTime()
    for (const tap of waiting.values()) {
      if (tap.at + life > now) break
      expire(tap)
    }
  }

  return {
    add: (accountId: number, messageId: number): { id: string; answer: Promise<TapAnswer> } => {
      sweep()
      count += 1
      const id = `${accountId}${String(clock.now().getTime())}${count}`
      const { promise, resolve } = Promise.withResolvers<TapAnswer>()
      const tap: Waiting = { id, accountId, messageId, at: clock.now().getTime(), resolve }
      tap.timer = setTimeout(() => expire(tap), life).unref()
      waiting.set(id, tap)
      return { id, answer: promise }
    },
    /** @throws ApiError 400 if the tap is unknown, answered already or older than 150 s */
    answer: (id: string, answer: Exclude<TapAnswer, 'expired'>): Tap => {
      sweep()
      const tap = waiting.get(id)
      if (!tap) throw badRequest(tooOld)
      clearTimeout(tap.timer)
      waiting.delete(id)
      tap.resolve(answer)
      return tap
    },
    /** Expires old taps; needed only if a test moves the clock. */
    sweep,
    kept: (): Tap[] =>
      [...waiting.values()].map(({ id, accountId, messageId, at }) => ({ id, accountId, messageId, at })),
    restore: (kept: Tap[]) => {
      for (const tap of kept) waiting.set(tap.id, { ...tap, resolve: () => undefined })
    },
    stop: () => {
      for (const tap of [...waiting.values()]) expire(tap)
    },
  }
}
