import { z } from 'zod'
import { otherOption } from '#features/intake/questions.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import { HttpProblem } from './problems.ts'

export const territoryCode = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z0-9]+)*$/)

/** A list of territories in a body. */
export const territoryCodes = z
  .array(territoryCode)
  .max(100)
  .describe('Codes of territories of the region, or `other`')

const detail = 'no territory of this key'

/**
 * Throws `invalid-input` for codes that the region does not have or the key does not reach, which look alike.
 * `before`: what stood there already may stay.
 */
export const mustReach = (
  region: Region,
  caller: Caller,
  given: readonly string[],
  before: readonly string[] = [],
): void => {
  const allowed = [...within(region, caller), ...before]
  const wrong = given.flatMap((code, index) =>
    allowed.includes(code) ? [] : [{ pointer: `#/territories/${index}`, detail }],
  )
  if (wrong.length > 0) throw new HttpProblem('invalid-input', wrong)
}

/** The same for one code, `territory` in a body. */
export const mustReachOne = (region: Region, caller: Caller, territory: string): void => {
  if (!within(region, caller).includes(territory))
    throw new HttpProblem('invalid-input', [{ pointer: '#/territory', detail }])
}

const within = ({ territories }: Region, caller: Caller): string[] =>
  [...territories.map(({ code }) => code), otherOption].filter((code) => reachesTerritory(caller, code))
