import type { Interval } from './survey-result.ts'

// Two-sided intervals of 95 %.

/** The 0.975 quantile of the normal distribution. */
const z = 1.959963984540054

/**
 * Wilson's score interval of a proportion (Newcombe 1998, method 3): valid also for small groups, none and all. For n
 * = 0 it is [0, 1].
 */
export const wilson = (count: number, n: number): Interval => {
  if (n === 0) return { from: 0, to: 1 }
  const p = count / n
  const square = z ** 2
  const middle = 2 * n * p + square
  const half = z * Math.sqrt(square + 4 * n * p * (1 - p))
  const whole = 2 * (n + square)
  // At the ends, rounding errors would leave the range.
  return {
    from: count === 0 ? 0 : Math.max(0, (middle - half) / whole),
    to: count === n ? 1 : Math.min(1, (middle + half) / whole),
  }
}

/** Count, sum and sum of squares of the answers. */
export type Moments = { n: number; sum: number; squares: number }

/**
 * The mean of values on a scale and its interval by Student's t, clipped to the scale. The interval is null for a
 * single value.
 */
export const meanOf = (
  { n, sum, squares }: Moments,
  [least, most]: readonly [number, number],
): { mean: number; interval: Interval | null } | null => {
  if (n === 0) return null
  const mean = sum / n
  if (n < 2) return { mean, interval: null }
  const variance = Math.max(0, (squares - sum * mean) / (n - 1))
  const half = tQuantile(n - 1) * Math.sqrt(variance / n)
  return { mean, interval: { from: Math.max(least, mean - half), to: Math.min(most, mean + half) } }
}

/** The median of counted values, the mean of the middle two for an even count; null without values. */
export const medianOf = (counted: readonly { value: number; count: number }[]): number | null => {
  const sorted = counted.filter(({ count }) => count > 0).toSorted((a, b) => a.value - b.value)
  const n = sorted.reduce((all, { count }) => all + count, 0)
  const at = (place: number): number => {
    let before = 0
    for (const { value, count } of sorted) {
      before += count
      if (before > place) return value
    }
    return 0
  }
  return n === 0 ? null : (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2
}

/** The 0.975 quantile of Student's t, by bisection: the distribution function is increasing. */
export const tQuantile = (degrees: number): number => {
  let [low, high] = [z, 13]
  // The exact sum for whole degrees has as many terms; beyond 1,000 the series expansion is used.
  if (degrees > 1000) return z + (z ** 3 + z) / (4 * degrees)
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (withinT(middle, degrees) < 0.95) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The probability of |T| ≤ t for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
const withinT = (t: number, degrees: number): number => {
  const angle = Math.atan(t / Math.sqrt(degrees))
  const cosine = Math.cos(angle)
  const odd = degrees % 2 === 1
  let term = odd ? cosine : 1
  let sum = degrees === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cosine ** 2
    sum += term
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
}
