// Patterns of the danger lists.
//   `бьет|бил*`    one word of several; `*` matches any ending; `a(b|c)` stands for `ab|ac`, `a(b)` for `a|ab`; `#9-17` a number
//   `@victim`      any word of a set in word-sets.ts
//   `a b`          b follows a, with one word between them at most
//   `a + b`        b follows at once
//   `a .. b`       up to four words between them
//   `a ~ b`        as `..`, in either order
//   `a ~~ b`       up to seven words between them, in either order
//   `a|b_c`        as one of several, b followed at once by c

/** One alternative of a pattern's place. */
export type WordTest =
  | { kind: 'word' | 'stem'; text: string }
  | { kind: 'number'; from: number; until: number }

type Link = { gap: number; eitherWay: boolean }
export type Pattern = {
  places: readonly (readonly WordTest[])[]
  /** How each place follows the one before. */
  links: readonly Link[]
}

const linkOf: Record<string, Link> = {
  ' ': { gap: 1, eitherWay: false },
  '+': { gap: 0, eitherWay: false },
  '..': { gap: 4, eitherWay: false },
  '~': { gap: 4, eitherWay: true },
  '~~': { gap: 7, eitherWay: true },
}

/** Parses a pattern. Throws if it is malformed, so that a mistake in the lists ends the process at its start. */
export const parsePatterns = (source: string, sets: Readonly<Record<string, readonly string[]>>): Pattern[] =>
  withoutPhrases(source).map((one) => parsePattern(one, sets))

/** The same pattern without phrases among the alternatives: one pattern for each of them, and one for the single words. */
const withoutPhrases = (source: string): string[] => {
  const parts = source.trim().split(/\s+/)
  const at = parts.findIndex((part) => part.includes('_'))
  if (at === -1) return [source]
  const all = alternatives(parts[at] ?? '')
  const words = all.filter((one) => !one.includes('_'))
  const choices = [
    ...(words.length > 0 ? [words.join('|')] : []),
    ...all.filter((one) => one.includes('_')).map((phrase) => phrase.replaceAll('_', ' + ')),
  ]
  return choices.flatMap((choice) => withoutPhrases(parts.with(at, choice).join(' ')))
}

const parsePattern = (source: string, sets: Readonly<Record<string, readonly string[]>>): Pattern => {
  const places: WordTest[][] = []
  const links: Link[] = []
  let link = ' '
  for (const part of source.trim().split(/\s+/)) {
    if (part in linkOf) {
      link = part
      continue
    }
    if (places.length > 0) links.push(linkOf[link] as Link)
    places.push(testsOf(part, sets))
    link = ' '
  }
  if (places.length === 0 || link !== ' ') throw new Error(`malformed pattern: ${source}`)
  return { places, links }
}

const testsOf = (part: string, sets: Readonly<Record<string, readonly string[]>>): WordTest[] =>
  alternatives(part).flatMap((one): WordTest[] => {
    if (one.startsWith('@')) {
      const set = sets[one.slice(1)]
      if (set === undefined) throw new Error(`no set of words ${one}`)
      return set.flatMap((word) => testsOf(word, sets))
    }
    const range = /^#(\d+)-(\d+)$/.exec(one)
    if (range) return [{ kind: 'number', from: Number(range[1]), until: Number(range[2]) }]
    if (!/^[\p{L}\p{N}]+\*?$/u.test(one)) throw new Error(`malformed word: ${one}`)
    return [one.endsWith('*') ? { kind: 'stem', text: one.slice(0, -1) } : { kind: 'word', text: one }]
  })

/** Splits at `|` outside parentheses, then expands one group of them: `бо(юсь|ится)`. */
const alternatives = (part: string): string[] => {
  const tops = part.match(/(?:\([^)]*\)|[^|(])+/g) ?? []
  return tops.flatMap((top) => {
    const group = /^([^(]*)\(([^)]*)\)(.*)$/.exec(top)
    if (!group) return [top]
    const [, before = '', inside = '', after = ''] = group
    const inner = inside.split('|')
    return (inner.length === 1 ? ['', ...inner] : inner).map((one) => before + one + after)
  })
}
