import { readFileSync } from 'node:fs'
import { z } from 'zod'

const list = z
  .strictObject({ units: z.record(z.string(), z.string()), ordinalEndings: z.string() })
  .parse(JSON.parse(readFileSync(new URL('./number-words.json', import.meta.url), 'utf8')))

/** Every written form of a number below a thousand, and of a thousand: «двенадцать», «двенадцатого», “twelfth”. */
const written = new Map<string, number>(
  Object.entries(list.units).flatMap(([value, words]) => {
    const [cardinals = '', stems = ''] = words.split('|')
    const ordinals = stems
      .split(' ')
      .filter((stem) => /\p{L}/u.test(stem))
      .flatMap((stem) => list.ordinalEndings.split(' ').map((ending) => stem + ending))
    return [...cardinals.split(' ').filter(Boolean), ...ordinals].map(
      (word) => [word, Number(value)] as const,
    )
  }),
)

/**
 * A text as the grammars read it: in lower case, without invisible signs and stress, «ё» as «е», a letter that slipped
 * into a number put right («2о14»), and numbers in words as digits («две тысячи двенадцатого» → «2012»).
 */
export const plainText = (text: string): string =>
  inDigits(
    text
      .normalize('NFKC')
      .replace(/\p{Cf}|\u0301/gu, '')
      .toLowerCase()
      .replace(/ё/gu, '\u0435')
      .replace(/(?<=\d)[оo](?=[\dоo])|(?<=\d[оo])[оo](?=\d)/gu, '0')
      .replace(/[‐-―−]/gu, '-')
      .replace(/\s+/gu, ' ')
      .trim(),
  )

const inDigits = (text: string): string => {
  const parts = text.split(/(\p{L}+)/u)
  const said: string[] = []
  for (let at = 0; at < parts.length; at += 1) {
    const run = at % 2 === 1 ? runFrom(parts, at) : null
    said.push(run ? String(run.value) : (parts[at] ?? ''))
    if (run) at = run.last
  }
  return said.join('')
}

/** Words of one number that follow each other: «двадцать первого», «две тысячи двенадцать», “twenty twelve”. */
const runFrom = (parts: readonly string[], from: number): { value: number; last: number } | null => {
  let sum: number | null = null
  let [last, smallest] = [from, Number.POSITIVE_INFINITY]
  for (let at = from; at < parts.length; at += 2) {
    const word: number | undefined = written.get(parts[at] ?? '')
    const apart = at === from || /^[\s-]$/.test(parts[at - 1] ?? '')
    if (word === undefined || !apart) break
    const next: Joined | null =
      sum === null
        ? { sum: word, smallest: sizeOf(word) }
        : joined(sum, smallest, word, /^сто$/u.test(parts[at] ?? ''))
    if (next === null) break
    ;({ sum, smallest } = next)
    last = at
  }
  return sum === null ? null : { value: sum, last }
}

/** What a word may still be followed by: less than its own size. */
const sizeOf = (value: number): number =>
  value >= 1000 ? 1000 : value >= 100 ? 100 : value >= 20 && value % 10 === 0 ? 10 : 1

type Joined = { sum: number; smallest: number }

const joined = (sum: number, smallest: number, word: number, alone: boolean): Joined | null => {
  // «Восемь сто двадцать» is dictated; “eight hundred and twenty” is one number.
  if ((word === 1000 || word === 100) && sum < 10 && !alone) return { sum: sum * word, smallest: word }
  // “Twenty twelve” is a year.
  if (sum === 20 && word >= 10 && word < 20) return { sum: 2000 + word, smallest: 1 }
  return word > 0 && word < smallest ? { sum: sum + word, smallest: sizeOf(word) } : null
}
