// Writes src/features/danger/real-words.json: the words of the language that the ear would take for a word of danger with a
// slip in it. Run it again after a change of the patterns:
//   apt-get install hunspell-ru      # Debian 12: 1:7.5.0-1
//   node scripts/real-words.mjs /usr/share/hunspell/ru_RU.dic /usr/share/hunspell/ru_RU.aff
// The dictionary's licence goes with the list: src/features/danger/real-words.licence.txt.
import { readFileSync, writeFileSync } from 'node:fs'
import { wordSets } from '#features/danger/danger-data.ts'
import { dangerEntries, readEntries } from '#features/danger/danger-entries.ts'
import { parsePatterns } from '#features/danger/pattern.ts'
import { createWordIndex } from '#features/danger/word-index.ts'

const [dictionary, affixes] = process.argv.slice(2)
if (!dictionary || !affixes) throw new Error('usage: node scripts/real-words.mjs ru_RU.dic ru_RU.aff')

const linesOf = (path) => readFileSync(path, 'utf8').split('\n')

/** `SFX L ться лась [^с]ться`: by flag, what a suffix takes off, what it adds, and after which endings. */
const suffixes = new Map()
for (const line of linesOf(affixes)) {
  const [kind, flag, off, on, after] = line.split(/\s+/)
  if (kind !== 'SFX' || after === undefined) continue
  const rule = { off: off === '0' ? '' : off, on: on === '0' ? '' : on, after: new RegExp(`${after}$`) }
  suffixes.set(flag, [...(suffixes.get(flag) ?? []), rule])
}
/** The forms of a word of the dictionary, `повыситься/LRW`. unmunch of hunspell-tools reads bytes, and loses most of them. */
const formsOf = (line) => {
  const [word = '', flags = ''] = line.trim().split('/')
  const inflected = [...flags].flatMap((flag) =>
    (suffixes.get(flag) ?? [])
      .filter(({ off, after }) => word.endsWith(off) && after.test(word))
      .map(({ off, on }) => word.slice(0, word.length - off.length) + on),
  )
  return [word, ...inflected]
}

/** Participles of verbs are a third of the forms, and nobody writes them in a chat. */
const bookish =
  /(?:вш|ющ|ущ|ащ|ящ)(?:ий|ый|ая|яя|ее|ое|его|ого|ему|ому|им|ым|ем|ом|ей|ой|ую|юю|ие|ые|их|ых|ими|ыми|ею|ою)(?:ся)?$/
const forms = new Set(
  linesOf(dictionary)
    .flatMap(formsOf)
    .map((form) => form.toLowerCase().replaceAll('ё', 'е'))
    .filter((form) => /^[а-я]{3,28}$/.test(form) && !bookish.test(form)),
)

const entries = [
  ...dangerEntries,
  ...['going-on.json', 'came-home.json', 'from-outside.json', 'child-speaks.json'].flatMap((file) =>
    readEntries(file, 'call'),
  ),
]
const tests = entries
  .flatMap(({ any }) => any)
  .flatMap((source) => parsePatterns(source, wordSets))
  .flatMap(({ places }) => places.flat())

/** How many tests a form passes in an index. */
const passes = (real) => {
  const index = createWordIndex(real)
  for (const test of tests) index.idOf(test)
  return (form) => index.testsOf({ forms: [form], sentence: 0 }).size
}
const forgiving = passes({ has: () => false })
const strict = passes({ has: () => true })

const found = [...forms].filter((form) => forgiving(form) > strict(form)).sort()
const lines = found.map((form) => JSON.stringify(form)).join(',\n  ')
writeFileSync(new URL('../src/features/danger/real-words.json', import.meta.url), `[\n  ${lines}\n]\n`)
process.stdout.write(`${forms.size} forms, ${found.length} of them would be heard with a slip\n`)
