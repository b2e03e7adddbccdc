// The spellings in which one word of a frightened person may have been meant. Every function is linear in its input.

/** Longer chunks are no words of any language that is listened to. */
const longestWord = 28

/** Latin letters, digits and signs that look like a Cyrillic letter, in words that have Cyrillic ones, too. */
const looks: Record<string, string> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  n: 'п',
  o: 'о',
  p: 'р',
  t: 'т',
  u: 'и',
  x: 'х',
  y: 'у',
  i: 'и',
  '@': 'а',
  '0': 'о',
  '1': 'и',
  '3': 'з',
  '4': 'ч',
  '6': 'б',
  $: 'с',
}

const translit: readonly (readonly [string, string])[] = [
  ['shch', 'щ'],
  ['sch', 'щ'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ts', 'ц'],
  ['ch', 'ч'],
  ['sh', 'ш'],
  ['yu', 'ю'],
  ['ju', 'ю'],
  ['iu', 'ю'],
  ['ya', 'я'],
  ['ja', 'я'],
  ['ia', 'я'],
  ['yo', 'е'],
  ['jo', 'е'],
  ['ye', 'е'],
  ['je', 'е'],
  ...[...'abvgdezijklmnoprstufhcyxqw'].map(
    (latin, at) => [latin, [...'абвгдезийклмнопрстуфхцыхкв'][at] ?? ''] as const,
  ),
]

const fromTranslit = (word: string): string => {
  let out = ''
  for (let at = 0; at < word.length; ) {
    const [latin = word[at] ?? '', cyrillic = ''] = translit.find(([from]) => word.startsWith(from, at)) ?? []
    out += cyrillic
    at += Math.max(1, latin.length)
  }
  return out
}

const keys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const letters = 'йцукенгшщзхъфывапролджэячсмитьбюе'

/** What would have been typed with the keyboard switched to Russian: «yt [jxe ;bnm»; null if there is Cyrillic already. */
export const otherLayout = (text: string): string | null =>
  /\p{Script=Cyrillic}/u.test(text) || !/[a-z]/i.test(text)
    ? null
    : text.toLowerCase().replace(/[^\s\d]/g, (key) => letters[keys.indexOf(key)] ?? key)

const hasCyrillic = /\p{Script=Cyrillic}/u
const allLatin = /^[a-z]+$/

/** The readings of a word in lower case: as it stands, with lookalikes as Cyrillic, from transliteration. */
export const formsOf = (raw: string): string[] => {
  const word = raw.replaceAll('*', '')
  if (word === '' || word.length > longestWord) return []
  if (hasCyrillic.test(word)) return [word.replace(/[a-z0-9@$]/g, (sign) => looks[sign] ?? sign)]
  if (!allLatin.test(word)) return [word]
  const cyrillic = fromTranslit(word)
  // «umeret» stands for «умереть», and a soft sign has no key.
  return cyrillic.endsWith('т') ? [word, cyrillic, `${cyrillic}ь`] : [word, cyrillic]
}

/** Spelled by ear: unstressed vowels are one, hard and soft signs are silent, letters are not doubled. */
export const byEar = (word: string): string =>
  word
    .replace(/т?ь?с[яа]$/, 'ца')
    .replace(/[ъь]/g, '')
    .replace(/о/g, 'а')
    .replace(/[еэы]/g, 'и')
    .replace(/(\p{L})\1/gu, '$1')
