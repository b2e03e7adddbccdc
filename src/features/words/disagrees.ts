import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { spokenPlainly } from './spoken-plainly.ts'

const list = z
  .strictObject({ words: z.array(z.string()), en: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(new URL('./disagrees.json', import.meta.url), 'utf8')))

const any = new RegExp(`(?<!\\p{L})(?:${[...list.words, ...list.en].join('|')})(?!\\p{L})`, 'u')

/**
 * Whether words that follow a decision speak against it: «это несправедливо», «там не отвечают». Asked only where there is a
 * decision to object to. Wrong at times: then people read as an objection what was meant as a request.
 */
export const disagrees = (said: string): boolean => any.test(spokenPlainly(said))
