const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** Times of the attempts, relative to the first one. */
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

/** ±20 %, so that deliveries that failed together are not retried together. */
const jitter = 0.2
const longestRetryAfterMs = 24 * hour
/** `Date` would accept other formats such as `-5`, which are not HTTP dates. */
const httpDate = /^[A-Z][a-z]{2,8},? /

/**
 * The time of the next attempt after a failure, or null after the last one. `attempts` includes the failed one,
 * `begunAt` is when it began, `retryAfterMs` what the receiver requested (24 h at most). `random` returns numbers
 * from 0 to 1.
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

/** Parses a `Retry-After` header, seconds or a date, into milliseconds; undefined for anything else. */
export const retryAfterMs = (header: string | undefined, now: Date): number | undefined => {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * second
  const date = httpDate.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime())
}
