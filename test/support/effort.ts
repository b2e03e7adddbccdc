import { randomInt } from 'node:crypto'

/** `npm run test:long` does all of what chance and kills are tried by; the check does a part of it. */
export const long = process.env.TEST_LONG === '1'

/** How many rounds, kills or steps. `variable` of the environment says another number. */
export const effort = (variable: string, { check, full }: { check: number; full: number }): number =>
  Number(process.env[variable] ?? (long ? full : check))

/** The check tries the same cases each time: it says yes or no about the tree, and `test:long` looks for new cases. */
const checkSeed = 20_261_129

/**
 * By which chance is repeated: put it into the test's name. `variable` of the environment says which; by chance in
 * `test:long`, see ADR 82.
 */
export const seedFrom = (variable: string): number =>
  Number(process.env[variable] ?? (long ? randomInt(2 ** 31) : checkSeed))
