import { readFileSync } from 'node:fs'
import { z } from 'zod'

const { young, claims } = z
  .strictObject({
    /** 6–17 in digits or words. */
    young: z.string(),
    /** How people say their age; `YOUNG` stands for the number. */
    claims: z.array(z.string()),
  })
  .parse(JSON.parse(readFileSync(new URL('./own-age.json', import.meta.url), 'utf8')))

const patterns = claims.map(
  (claim) => new RegExp(`(?:^|[\\s.,!?;(])${claim.replace('YOUNG', young)}(?![\\p{L}\\d])`, 'u'),
)

/**
 * Whether somebody says of themselves that they are under eighteen. Nothing is guessed: what is quoted, or was long ago,
 * says nothing.
 */
export const saysUnderEighteen = (text: string): boolean => {
  const plain = text
    .toLowerCase()
    .replace(/\u0451/g, '\u0435')
    .replace(/[^\S\n]+/g, ' ')
  return !/[«»"“”]/.test(plain) && patterns.some((pattern) => pattern.test(plain))
}
