import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { withLetters } from './letters.ts'

const patterns = z.array(z.string())
/** Whole utterances, and expressions in which `WHEN` stands for a day or an hour; lower case, «е» for «ё». */
const list = z
  .strictObject({
    confirm: patterns,
    politeness: patterns,
    signs: z.string(),
    otherTime: patterns,
    cannot: patterns,
    late: patterns,
    when: z.string(),
  })
  .parse(JSON.parse(readFileSync(new URL('./visit-words.json', import.meta.url), 'utf8')))

/** Instead of a visit's buttons. Of `late`: how many minutes, if they are named. */
export type VisitWords = { meant: 'confirmed' | 'other-time' } | { meant: 'late'; minutes: number | null }

/** In UTF-16 units. Whatever is longer tells more than when: it is read by people as it stands. */
const longest = 300

const expression = (sources: readonly string[]) => {
  const any = `(?:${withLetters(sources.join('|').replaceAll('WHEN', list.when))})`
  // Two, because one of both takes three times as long to compile.
  const inside = new RegExp(`(?:^|[\\s.,!?;(–-])${any}(?!${withLetters('\\p{L}')}|\\d)`, 'u')
  const first = new RegExp(`^${any}`, 'u')
  return { test: (plain: string): boolean => inside.test(plain) || first.test(plain) }
}

const moves = expression([...list.otherTime, ...list.cannot])
const late = expression(list.late)
const confirm = new Set(list.confirm)
const politeness = new Set(list.politeness)

const time = expression(['WHEN'])

/** Whether somebody who was asked for a time names a day or an hour: «в пятницу после обеда». Pure. */
export const namesTime = (text: string): boolean => text.length <= longest && time.test(plainOf(text))

const plainOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\u0451/g, '\u0435')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * What somebody means who types in place of a visit's buttons: «приду», «не смогу в четверг», «можно в другой день»,
 * «опоздаю на 15 минут». Null for anything else, which is a message and no answer. Pure.
 */
export const visitWordsIn = (text: string): VisitWords | null => {
  if (text.length > longest) return null
  const plain = plainOf(text)
  if (isConfirmation(plain)) return { meant: 'confirmed' }
  if (late.test(plain)) return { meant: 'late', minutes: minutesIn(plain) }
  return moves.test(plain) ? { meant: 'other-time' } : null
}

/** Nothing but consent: a question, or one word more, is a message. */
const isConfirmation = (plain: string): boolean => {
  const signs = [...plain].some((sign) => list.signs.includes(sign) && sign.trim() !== '')
  const parts = plain
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F/gu, ' ')
    .split(/[.,!)\s]*[.,!)][.,!)\s]*/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts.length === 0) return signs
  const found = parts.map((part) => kindOf(part) ?? inTwo(part))
  return !found.includes(null) && found.includes('confirm')
}

type Kind = 'confirm' | 'politeness' | null

const kindOf = (part: string): Kind => {
  if (confirm.has(part)) return 'confirm'
  return politeness.has(part) ? 'politeness' : null
}

/** «да приду»: two known ones without a sign between them. */
const inTwo = (part: string): Kind => {
  const words = part.split(' ')
  for (let at = 1; at < words.length; at += 1) {
    const both = [words.slice(0, at), words.slice(at)].map((some) => kindOf(some.join(' ')))
    if (!both.includes(null)) return both.includes('confirm') ? 'confirm' : 'politeness'
  }
  return null
}

const minutesIn = (plain: string): number | null => {
  if (/полчаса|half an hour/.test(plain)) return 30
  if (/(?:на|by|an) (?:один )?(?:час|hour)(?![\p{L}])/u.test(plain)) return 60
  const [, count] = /(\d{1,2}) ?(?:мин|min)/.exec(plain) ?? []
  return count === undefined ? null : Number(count)
}
