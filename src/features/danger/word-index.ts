import { realWords } from './danger-data.ts'
import type { WordTest } from './pattern.ts'
import type { TextWord } from './text-words.ts'
import { byEar } from './word-forms.ts'

/** Shorter words are too like each other to forgive a slip. */
const shortestByEar = 5
const shortestSlip = { word: 6, stem: 7 }

/** Numbers the tests of a list, so that each word of a text is looked up once for all of them. */
export type WordIndex = {
  /** The number of a test, the same for equal ones. `exact`: a word with a letter too few or too many does not pass. */
  idOf(test: WordTest, exact?: boolean): number
  /** The numbers of all tests that a word passes. */
  testsOf(word: TextWord): ReadonlySet<number>
}

/** `real`: words that are read as they stand, without a slip. */
export const createWordIndex = (real: Pick<ReadonlySet<string>, 'has'> = realWords): WordIndex => {
  const ids = new Map<string, number>()
  const ranges: { id: number; from: number; until: number }[] = []
  const words = new Map<string, number[]>()
  const stems = new Map<string, number[]>()
  const earWords = new Map<string, number[]>()
  const earStems = new Map<string, number[]>()
  /** Forms by ear with one letter left out. */
  const slipWords = new Map<string, number[]>()
  const slipStems = new Map<string, number[]>()
  const exactIds = new Set<number>()
  let longest = 0

  const add = (map: Map<string, number[]>, key: string, id: number) => {
    const known = map.get(key)
    if (known) known.push(id)
    else map.set(key, [id])
  }

  const idOf = (test: WordTest, exact = false): number => {
    const key = JSON.stringify([test, exact])
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = ids.size
    ids.set(key, id)
    if (exact) exactIds.add(id)
    if (test.kind === 'number') ranges.push({ id, ...test })
    else {
      const stem = test.kind === 'stem'
      add(stem ? stems : words, test.text, id)
      longest = Math.max(longest, test.text.length + 1)
      if (/^\p{Script=Cyrillic}/u.test(test.text) && test.text.length >= shortestByEar) {
        const ear = byEar(test.text)
        add(stem ? earStems : earWords, ear, id)
        if (!exact && ear.length >= shortestSlip[test.kind])
          // Without its last letter it is another word, or a shorter stem: «толка» is not «толкал».
          for (const slip of withoutOne(ear).slice(0, -1)) add(stem ? slipStems : slipWords, slip, id)
      }
    }
    return id
  }

  const look = (form: string, found: Set<number>) => {
    for (const id of words.get(form) ?? []) found.add(id)
    for (const prefix of prefixes(form, longest)) for (const id of stems.get(prefix) ?? []) found.add(id)
    if (real.has(form)) return
    const ear = byEar(form)
    for (const id of earWords.get(ear) ?? []) found.add(id)
    for (const id of slipWords.get(ear) ?? []) found.add(id)
    for (const prefix of prefixes(ear, longest)) {
      for (const id of earStems.get(prefix) ?? []) found.add(id)
      if (prefix.length < shortestSlip.stem - 1) continue
      // A letter too few; one too many; two that changed places are one too few in both.
      for (const id of slipStems.get(prefix) ?? []) found.add(id)
    }
    if (ear.length <= shortestSlip.word) return
    for (const slip of withoutOne(ear).slice(0, -1))
      for (const id of earWords.get(slip) ?? []) if (!exactIds.has(id)) found.add(id)
  }

  return {
    idOf,
    testsOf: ({ forms }) => {
      const found = new Set<number>()
      for (const form of forms) {
        if (/^\d{1,4}$/.test(form))
          for (const { id, from, until } of ranges)
            if (Number(form) >= from && Number(form) <= until) found.add(id)
        look(form, found)
      }
      return found
    },
  }
}

const prefixes = (word: string, longest: number): string[] =>
  Array.from({ length: Math.min(word.length, longest) }, (_, at) => word.slice(0, at + 1))

/** The first letter is seldom the wrong one. */
const withoutOne = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_, at) => word.slice(0, at + 1) + word.slice(at + 2))
