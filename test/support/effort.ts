import { randomInt } from 'node:crypto'

/** `npm run test:long` does all of what chance and kills are tried by; the check does a part of it. */
const long = process.env.TEST_LONG === '1'

/** How many rounds, kills or steps. `variable` of the environment says another number. */
export const effort = (variable: string, { check, full }: { check: number; full: number }): number =>
  Number(process.env[variable] ?? (long ? full : check))

/** By which chance is repeated: put it into the test's name. `variable` of the environment says which. */
export const seedFrom = (variable: string): number => Number(process.env[variable] ?? randomInt(2 ** 31))
