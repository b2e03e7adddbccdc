import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { languages } from '#core/text.ts'

/** What is said out of politeness alone, and answered like a human would; the first of several counts. */
export const smallTalkKinds = ['thanks', 'hello', 'fine', 'bye'] as const
export type SmallTalk = (typeof smallTalkKinds)[number]

const ofKinds = z.record(z.enum(smallTalkKinds), z.string())
/**
 * Whole utterances, without signs and in lower case: nothing longer is small talk, and nothing with a word besides. The
 * emoji are signs of a good mood: any other may be a cry, and is taken as words.
 */
const list = z
  .strictObject({ phrases: z.record(z.enum(languages), ofKinds), signs: ofKinds })
  .parse(JSON.parse(readFileSync(new URL('./small-talk.json', import.meta.url), 'utf8')))

const known = new Map<string, SmallTalk>(
  Object.values(list.phrases).flatMap((phrases) =>
    smallTalkKinds.flatMap((kind) =>
      phrases[kind].split(',').map((phrase) => [phrase.trim(), kind] as const),
    ),
  ),
)

const segments = new Intl.Segmenter('ru', { granularity: 'grapheme' })
const lettersIn = (text: string): string[] => [...segments.segment(text)].map(({ segment }) => plain(segment))

/** Without the colour of a hand and the wish to be drawn as a picture. */
const plain = (sign: string): string => sign.replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, '')

const signs = new Map<string, SmallTalk>(
  smallTalkKinds.flatMap((kind) => lettersIn(list.signs[kind]).map((sign) => [sign, kind] as const)),
)

/** In UTF-16 units; longer than any two phrases. */
const longest = 60

/**
 * The kind of small talk that a text is as a whole: «спасибо», «спасибо! 🙏», «ок, спасибо»; null for anything that says
 * more, however short.
 */
export const smallTalkIn = (text: string): SmallTalk | null => {
  if (text.length > longest) return null
  const letters = lettersIn(text)
  const shown = letters.flatMap((letter) => signs.get(letter) ?? [])
  const words = letters.map((letter) => (signs.has(letter) ? ' ' : letter)).join('')
  // A question mark asks, and several dots begin something.
  if (!/^[\p{L}\s.,!)]*$/u.test(words) || words.includes('..')) return null
  const parts = words
    .toLowerCase()
    .split(/[.,!)]+/u)
    .map((part) => part.trim().replace(/\s+/g, ' '))
    .filter((part) => part !== '')
  const said = parts.map((part) => known.get(part) ?? inTwo(part))
  return said.includes(null) ? null : firstOf([...said, ...shown])
}

/** «ок спасибо»: two known phrases without a sign between them. */
const inTwo = (part: string): SmallTalk | null => {
  const words = part.split(' ')
  for (let at = 1; at < words.length; at += 1) {
    const [first, second] = [words.slice(0, at), words.slice(at)].map((some) => known.get(some.join(' ')))
    if (first && second) return firstOf([first, second])
  }
  return null
}

const firstOf = (found: readonly (SmallTalk | null)[]): SmallTalk | null =>
  smallTalkKinds.find((kind) => found.includes(kind)) ?? null
