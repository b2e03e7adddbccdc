const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** When the attempts fall, counted from the first one. */
export const attemptsAt = [
  0,
  5 * second,
  minute,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  24 * hour,
] as const

/** So that what failed together does not come back together: a fifth more or less. */
const jitter = 0.2
const longestRetryAfterMs = 24 * hour
/** Whatever else `Date` would read, `-5` for one, is no date of a header. */
const httpDate = /^[A-Z][a-z]{2,8},? /

/**
 * When to try again after an attempt has failed; null: that was the last one. `attempts` counts it, `begunAt` is when it
 * began, `retryAfterMs` how long the receiver wants to be left alone (24 h at most). `random` gives numbers from 0 to 1.
 */
export const nextAttemptAt = (
  { attempts, begunAt, retryAfterMs = 0 }: { attempts: number; begunAt: Date; retryAfterMs?: number },
  { now, random }: { now: Date; random: () => number },
): Date | null => {
  const [before, next] = [attemptsAt[attempts - 1], attemptsAt[attempts]]
  if (before === undefined || next === undefined) return null
  const gap = (next - before) * (1 - jitter + 2 * jitter * random())
  const asked = now.getTime() + Math.min(retryAfterMs, longestRetryAfterMs)
  return new Date(Math.max(begunAt.getTime() + gap, asked))
}

/** Milliseconds of a `Retry-After` header: seconds or a date; undefined for anything else. */
export const retryAfterMs = (header: string | undefined, now: Date): number | undefined => {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * second
  const date = httpDate.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}
