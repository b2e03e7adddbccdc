/** A seeded random generator (mulberry32). */
export const createDice = (seed: number) => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(next() * all.length)]
  return {
    chance: (probability: number): boolean => next() < probability,
    below: (limit: number): number => Math.floor(next() * limit),
    /** Undefined for an empty list. */
    pick,
    /** Runs one of these, chosen by weight. */
    oneOf: <T>(deeds: readonly (readonly [number, () => T])[]): T => {
      let left = next() * deeds.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, deed] of deeds) {
        left -= weight
        if (left < 0) return deed()
      }
      throw new Error('nothing to choose from')
    },
  }
}

export type Dice = ReturnType<typeof createDice>
