import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { isQuoting, spokenPlainly } from './spoken-plainly.ts'

const { numbers, claims, school } = z
  .strictObject({
    /** Ages under eighteen, in words. */
    numbers: z.record(z.string(), z.string()),
    /** How people say their age; `YOUNG` stands for the number. */
    claims: z.array(z.string()),
    /** What only a minor says, without an age. */
    school: z.array(z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL('./own-age.json', import.meta.url), 'utf8')))

const young = `(?<age>${[...Object.keys(numbers).sort((a, b) => Number(b) - Number(a)), ...Object.values(numbers)].join('|')})`
const claimed = (claim: string) => new RegExp(`(?:^|[\\s.,!?;(])${claim}(?![\\p{L}\\d])`, 'u')

const aged = claims.map((claim) => claimed(claim.replace('YOUNG', young)))
const atSchool = school.map(claimed)
const inDigits = new Map(Object.entries(numbers).map(([digits, word]) => [word, Number(digits)]))

/** The age under eighteen that somebody says of themselves; null if they say none, or are older. */
export const ownAge = (text: string): number | null => {
  const plain = spokenPlainly(text)
  if (isQuoting(plain)) return null
  const age = aged.map((pattern) => pattern.exec(plain)?.groups?.age).find((found) => found !== undefined)
  return age === undefined ? null : (inDigits.get(age) ?? Number(age))
}

/**
 * Whether somebody says of themselves that they are under eighteen. Nothing is guessed: what is quoted, or was long ago,
 * says nothing.
 */
export const saysUnderEighteen = (text: string): boolean => {
  const plain = spokenPlainly(text)
  return ownAge(text) !== null || (!isQuoting(plain) && atSchool.some((pattern) => pattern.test(plain)))
}
