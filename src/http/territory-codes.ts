import { z } from 'zod'
import { otherOption } from '#features/intake/questions.ts'
import { type Caller, reachesTerritory } from '#features/staff/api-keys.ts'
import type { Region } from '#regions/schema.ts'
import { HttpProblem } from './problems.ts'

export const territoryCode = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z0-9]+)*$/)

/** A list of territory codes in a body. */
export const territoryCodes = z
  .array(territoryCode)
  .max(100)
  .describe("Codes of the centre's territories (`GET /territories`), or `other`")

const detail = 'is not a territory of this key'

/**
 * Throws `invalid-input` for codes that the centre does not have (any more) or the key cannot access, without telling which.
 * `before`: codes already stored, which are always accepted.
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

/** `mustReach` for the single field `territory`. */
export const mustReachOne = (region: Region, caller: Caller, territory: string): void => {
  if (!within(region, caller).includes(territory))
    throw new HttpProblem('invalid-input', [{ pointer: '#/territory', detail }])
}

const within = ({ territories }: Region, caller: Caller): string[] =>
  [...territories.map(({ code }) => code), otherOption].filter((code) => reachesTerritory(caller, code))
