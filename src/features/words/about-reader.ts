import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { withLetters } from './letters.ts'
import { spokenPlainly } from './spoken-plainly.ts'

const text = z.string()
const parts = z
  .strictObject({
    /** What the reader is called where no name is said. */
    roles: text,
    rolesEn: text,
    /** Fear and mistrust, which name whom they are of. */
    fear: text,
    fearEn: text,
    /** What somebody does that is complained of. */
    complaint: text,
    complaintEn: text,
    /** The wish for somebody else, and a complaint in so many words. */
    instead: text,
    /** Others who may be the one who shouts. */
    kin: text,
    /** How a second name ends. */
    patronymic: text,
    /** Fear of being late is fear of nobody. */
    harmless: text,
  })
  .parse(JSON.parse(readFileSync(new URL('./about-reader.json', import.meta.url), 'utf8')))

const near = (most: number) => `(?:(?!${parts.kin})[^.!?\\n]){0,${most}}?`
const word = (source: string) => new RegExp(withLetters(`(?<!\\p{L})${source}(?!\\p{L})`), 'u')
const harmless = new RegExp(parts.harmless, 'u')
const { roles, rolesEn, fear, fearEn, complaint, complaintEn, instead } = parts
const byRole = [
  `${fear}${near(30)} ?${roles}`,
  `${roles} ?${near(40)} ?${complaint}`,
  `${complaint}${near(30)} ?${roles}`,
  `${instead} ?${near(25)} ?${roles}`,
  `${fearEn}${near(30)} ?${rolesEn}`,
  `${rolesEn}${near(40)} ?${complaintEn}`,
].map(word)

/** «Ирина» as it is declined; a name so short that it could be any word is not looked for. */
const declined = (name: string): { stem: string; nominative: string } | null => {
  const [first = ''] = spokenPlainly(name).split(' ')
  const stem = first.replace(/[аяьй]$/u, '')
  return stem.length < 3 || !/^\p{L}+$/u.test(stem) ? null : { stem, nominative: first }
}

/** Who is addressed by the name is not whom the words are about: «Ирина, муж кричит». */
const byName = (name: string): RegExp[] => {
  const found = declined(name)
  if (!found) return []
  const { stem, nominative } = found
  const oblique = `(?!${nominative}(?!\\p{L}))${stem}\\p{L}{1,3}`
  const subject = `${nominative}(?: \\p{L}+${parts.patronymic})?(?!\\p{L}|\\s*[,!:])`
  return [
    `${fear}${near(20)} (?:${oblique}|${stem})`,
    `(?<!, )${subject} ?${near(35)} ?${complaint}`,
    `${complaint}${near(15)} ${subject}`,
    `${instead} ?${near(20)} ?${oblique}`,
    `${fearEn} ${stem}\\p{L}*`,
    `${subject} ?${near(35)} ?${complaintEn}`,
  ].map(word)
}

/**
 * Whether words speak of whoever would read them with fear or as a complaint: by name, by role («она на меня кричит,
 * куратор»), or by the wish for somebody else. Wrong at times: it decides who reads first, and never whether.
 */
export const speaksAgainst = (said: string, names: readonly string[]): boolean => {
  const plain = spokenPlainly(said).replace(harmless, ' ')
  return [...byRole, ...names.flatMap(byName)].some((pattern) => pattern.test(plain))
}
