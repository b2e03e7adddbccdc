/** What words of danger can be about; the order in which staff read the kinds. */
export const dangerKinds = [
  'suicide',
  'violence',
  'threats',
  'sexual-abuse',
  'own-hands',
  'self-harm',
  'ran-away',
  'no-shelter',
  'alone',
  'hunger',
  'drunk',
  'control',
  'call',
] as const
export type DangerKind = (typeof dangerKinds)[number]

/** How soon a person has to read the words. */
export const dangerLevels = ['now', 'same-day', 'look'] as const
export type DangerLevel = (typeof dangerLevels)[number]

/**
 * An entry of the built-in list, `entries/<kind>.json`. Its patterns are sequences of words, see `pattern.ts`; a centre
 * switches an entry off by its id. Entries called `wide-…` hear a heavy word anywhere near a person.
 */
export type DangerEntry = {
  /** `<kind>.<name>` */
  id: string
  kind: DangerKind
  level: DangerLevel
  any: readonly string[]
  /** Patterns that make it harmless if they stand in the same sentence. */
  not: readonly string[]
  /** «Не бьёт» is as much a sign as «бьёт»: the pattern itself contains the negation, or does not care. */
  negated: boolean
  /** It holds in talk about games, films and lessons, too: «мужик из игры зовёт встретиться». */
  inFiction: boolean
  /** It holds for texts of at most so many words: «страшно» and nothing else is a cry, and a word of many in a story. */
  mostWords?: number | undefined
}
