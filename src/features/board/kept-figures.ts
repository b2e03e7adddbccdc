/** What was computed, and when (ms of a steady clock). */
type Kept<T> = { value: T; at: number; tookMs: number }

/** Figures over all families are asked for anew after so many times of what they cost, so that they never cost more than a twentieth of a core. */
const worth = 20
/** Quicker ones are computed each time. */
const quickMs = 25
/** Nobody sees older ones (ms). */
const oldestMs = 60_000
/** Supervisors with other territories have other figures. */
const mostKept = 50

/**
 * Keeps figures that cost much, for as long as their cost is worth; meanwhile everybody gets the same, and one computation runs at a time.
 * Quick ones are computed for everybody, so that a small centre always sees the present.
 */
export const keepFigures = <T>(clock: () => number = () => performance.now()) => {
  const kept = new Map<string, Kept<T>>()
  const running = new Map<string, Promise<T>>()

  const compute = (key: string, make: () => Promise<T>): Promise<T> => {
    const current = running.get(key)
    if (current) return current
    const began = clock()
    const made = make()
      .then((value) => {
        kept.delete(key)
        kept.set(key, { value, at: clock(), tookMs: clock() - began })
        for (const old of [...kept.keys()].slice(0, -mostKept)) kept.delete(old)
        return value
      })
      .finally(() => running.delete(key))
    running.set(key, made)
    return made
  }
  return async (key: string, make: () => Promise<T>): Promise<T> => {
    const known = kept.get(key)
    if (!known || known.tookMs <= quickMs) return compute(key, make)
    const age = clock() - known.at
    if (age > oldestMs) return compute(key, make)
    // Whoever comes in between does not wait for what comes next.
    if (age > known.tookMs * worth) compute(key, make).catch(() => {})
    return known.value
  }
}
