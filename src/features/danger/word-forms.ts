import { spelling } from './danger-data.ts'

// The spellings in which one word of a frightened person may have been meant. Every function is linear in its input.

/** Longer chunks are no words of any language that is listened to. */
const longestWord = 28

const { keyboard, ear } = spelling
/** As some write them: «ugrojaet», «jit». */
const otherLetters = [...spelling.translitToo, ...spelling.translit]

type Letters = typeof spelling.translit

const fromTranslit = (word: string, letters: Letters): string => {
  let out = ''
  for (let at = 0; at < word.length; ) {
    const [latin = word[at] ?? '', cyrillic = ''] = letters.find(([from]) => word.startsWith(from, at)) ?? []
    out += cyrillic
    at += Math.max(1, latin.length)
  }
  return out
}

/** What would have been typed with the keyboard switched to Russian: «yt [jxe ;bnm»; null if there is Cyrillic already. */
export const otherLayout = (text: string): string | null =>
  /\p{Script=Cyrillic}/u.test(text) || !/[a-z]/i.test(text)
    ? null
    : text.toLowerCase().replace(/[^\s\d]/g, (key) => keyboard.letters[keyboard.keys.indexOf(key)] ?? key)

const hasCyrillic = /\p{Script=Cyrillic}/u
const allLatin = /^[a-z]+$/

/** The readings of a word in lower case: as it stands, with lookalikes as Cyrillic, from transliteration. */
export const formsOf = (raw: string): string[] => {
  const word = raw.replaceAll('*', '')
  if (word === '' || word.length > longestWord) return []
  if (hasCyrillic.test(word)) return [word.replace(/[a-z0-9@$]/g, (sign) => spelling.looks[sign] ?? sign)]
  if (!allLatin.test(word)) return [word]
  const cyrillic = [
    ...new Set([spelling.translit, otherLetters].map((letters) => fromTranslit(word, letters))),
  ]
  // «umeret» stands for «умереть», and a soft sign has no key.
  const soft = cyrillic
    .filter((one) => one.endsWith(spelling.soft.after))
    .map((one) => one + spelling.soft.sign)
  return [word, ...cyrillic, ...soft]
}

/** Spelled by ear: unstressed vowels are one, hard and soft signs are silent, letters are not doubled. */
export const byEar = (word: string): string =>
  word
    .replace(/(?:т?ь?с|ц)[яа]$/, ear.reflexive)
    .replace(/[ъь]/g, '')
    .replace(/о/g, ear.back)
    .replace(/[еэы]/g, ear.front)
    .replace(/(\p{L})\1/gu, '$1')
