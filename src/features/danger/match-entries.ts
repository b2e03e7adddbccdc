import { spelling, wordSets } from './danger-data.ts'
import type { DangerEntry } from './danger-kinds.ts'
import { type Pattern, parsePatterns } from './pattern.ts'
import type { TextWord } from './text-words.ts'
import { createWordIndex } from './word-index.ts'

/** How far an exception reaches, in words, for those who use no full stops. */
const exceptionReach = 9
/** A new sentence counts as this many words between. */
const sentenceGap = 2

/** Places are numbers into the list of all places, so that each is looked for once in a text. */
type Compiled = { places: readonly number[]; links: Pattern['links'] }
/** What the matcher reads of an entry. */
type Entry = Pick<DangerEntry, 'any' | 'not' | 'negated' | 'inFiction' | 'mostWords'>
type CompiledEntry<E extends Entry> = { entry: E; any: readonly Compiled[]; not: readonly Compiled[] }
/** A pattern to be tried, and the number of its entry. */
type Candidate = { of: number; pattern: Compiled }

type Marked = {
  words: readonly TextWord[]
  /** Numbers of the tests that some word passes. */
  passed: Iterable<number>
  /** Whether the word at this position can stand in this place. */
  stands(place: number, at: number): boolean
  /** Where words stand that can stand in this place. */
  positions(place: number): readonly number[]
  negated(at: number): boolean
}

type Matcher<E> = (words: readonly TextWord[]) => E[]

/** Lists that are not compiled yet. All of them together take a tenth of a start. */
const waiting = new Set<() => unknown>()

/** Compiles every list that nobody has needed so far, one between two turns of the event loop. */
export const prepareMatchers = async (): Promise<void> => {
  for (const compile of waiting) {
    await new Promise((resolve) => setImmediate(resolve))
    compile()
  }
}

/** A function that returns the entries that apply to a text; linear in the number of its words. Compiles them when it is first called. */
export const createMatcher = <E extends Entry>(entries: readonly E[]): Matcher<E> => {
  let made: Matcher<E> | undefined
  const matcher = () => {
    made ??= compileMatcher(entries)
    waiting.delete(matcher)
    return made
  }
  waiting.add(matcher)
  return (words) => matcher()(words)
}

const compileMatcher = <E extends Entry>(entries: readonly E[]): Matcher<E> => {
  const index = createWordIndex()
  const places: number[][] = []
  const placeIds = new Map<string, number>()
  const placeOf = (ids: number[]): number => {
    const key = ids.join()
    const id = placeIds.get(key) ?? places.push(ids) - 1
    placeIds.set(key, id)
    return id
  }
  const compileAs =
    (exact: boolean) =>
    (source: string): Compiled[] =>
      parsePatterns(source, wordSets).map((pattern) => ({
        places: pattern.places.map((tests) =>
          placeOf([...new Set(tests.map((test) => index.idOf(test, exact)))]),
        ),
        links: pattern.links,
      }))
  const compile = compileAs(false)
  // A slip is forgiven in a cry, never in what makes it harmless: «помогите» is one letter off «помогаете».
  const exception = compileAs(true)
  const fiction = exception('@fiction')
  const no = placeOf(spelling.no.map((text) => index.idOf({ kind: 'word', text })))
  const compiled: CompiledEntry<E>[] = entries.map((entry) => ({
    entry,
    any: entry.any.flatMap(compile),
    not: [...entry.not.flatMap(exception), ...(entry.inFiction ? [] : fiction)],
  }))

  const mark = (words: readonly TextWord[]): Marked => {
    const byTest = new Map<number, number[]>()
    const known = new Map<string, ReadonlySet<number>>()
    words.forEach((word, at) => {
      const key = word.forms.join(' ')
      const passed = known.get(key) ?? index.testsOf(word)
      known.set(key, passed)
      for (const id of passed) add(byTest, id, at)
    })
    const found = new Map<number, Spots>()
    const look = (place: number) => {
      const before = found.get(place)
      if (before) return before
      const lists = (places[place] ?? []).map((id) => byTest.get(id)).filter((list) => list !== undefined)
      const now = lists.length === 0 ? nowhere : spots(lists, words.length)
      found.set(place, now)
      return now
    }
    return {
      words,
      passed: byTest.keys(),
      stands: (place, at) => look(place).at[at] === 1,
      positions: (place) => look(place).list,
      negated: (at) => look(no).at[at - 1] === 1,
    }
  }

  // Most texts have words of few patterns: a pattern is tried only if its rarest place is in the text.
  const candidates = new Map<number, Candidate[]>()
  const rarity = (place: number) => places[place]?.length ?? 0
  compiled.forEach(({ any }, of) => {
    for (const pattern of any)
      add(
        candidates,
        pattern.places.reduce((one, other) => (rarity(other) < rarity(one) ? other : one)),
        {
          of,
          pattern,
        },
      )
  })
  const placesOfTest = new Map<number, number[]>()
  for (const place of candidates.keys()) for (const id of places[place] ?? []) add(placesOfTest, id, place)

  return (words: readonly TextWord[]): E[] => {
    const marked = mark(words)
    const present = new Set([...marked.passed].flatMap((id) => placesOfTest.get(id) ?? []))
    const found = new Set<number>()
    for (const place of present)
      for (const { of, pattern } of candidates.get(place) ?? []) {
        const one = compiled[of]
        if (one && !found.has(of) && applies(one, pattern, marked)) found.add(of)
      }
    return compiled
      .filter(({ entry: { mostWords = words.length } }, of) => found.has(of) && words.length <= mostWords)
      .map(({ entry }) => entry)
  }
}

const add = <Value>(lists: Map<number, Value[]>, key: number, value: Value): void => {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

type Spots = { at: Uint8Array; list: readonly number[] }
const nowhere: Spots = { at: new Uint8Array(), list: [] }

const spots = (lists: readonly (readonly number[])[], length: number): Spots => {
  const at = new Uint8Array(length)
  const list: number[] = []
  for (const one of lists.flat()) {
    if (at[one] === 0) list.push(one)
    at[one] = 1
  }
  return { at, list: list.sort((a, b) => a - b) }
}

const applies = ({ entry, not }: CompiledEntry<Entry>, pattern: Compiled, marked: Marked): boolean =>
  startsOf(pattern, marked).some((start) => {
    const match = extend(pattern, marked, [start])
    if (!match) return false
    const denied = !entry.negated && match.some((at) => marked.negated(at) && !match.includes(at - 1))
    return !denied && !not.some((exception) => isNear(exception, match, marked))
  })

/** Where a pattern can begin; nowhere, if one of its places is not in the text at all. */
const startsOf = ({ places }: Compiled, marked: Marked): readonly number[] =>
  places.every((place) => marked.positions(place).length > 0) ? marked.positions(places[0] ?? -1) : []

/** Continues a match with the nearest words. A pattern has few places, and each is looked for near the one before. */
const extend = (pattern: Compiled, marked: Marked, match: number[]): number[] | null => {
  const link = pattern.links[match.length - 1]
  if (!link) return match
  const place = pattern.places[match.length] ?? -1
  const from = match.at(-1) ?? 0
  for (let step = 1; step <= link.gap + 1; step += 1)
    for (const at of link.eitherWay ? [from + step, from - step] : [from + step]) {
      if (!marked.stands(place, at) || match.includes(at)) continue
      if (distance(marked, from, at) > link.gap + 1) continue
      const whole = extend(pattern, marked, [...match, at])
      if (whole) return whole
    }
  return null
}

const distance = ({ words }: Marked, one: number, other: number): number =>
  Math.abs(one - other) + sentenceGap * Math.abs((words[one]?.sentence ?? 0) - (words[other]?.sentence ?? 0))

/** Whether an exception stands in the sentence of the match. */
const isNear = (exception: Compiled, match: readonly number[], marked: Marked): boolean => {
  const first = Math.min(...match) - exceptionReach
  const last = Math.max(...match) + exceptionReach
  const sentences = match.map((at) => marked.words[at]?.sentence)
  return startsOf(exception, marked).some(
    (at) =>
      at >= first &&
      at <= last &&
      sentences.includes(marked.words[at]?.sentence) &&
      extend(exception, marked, [at]) !== null,
  )
}
