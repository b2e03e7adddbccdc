import { spelling } from './danger-data.ts'
import { formsOf, otherLayout } from './word-forms.ts'

/** A word of a text: its possible spellings, and the sentence that it stands in. */
export type TextWord = { forms: readonly string[]; sentence: number }

/** Longer texts are read to here: a message has 4096 characters at most. */
const longestText = 20_000

/** Invisible characters and stress marks. */
const unseen = /\p{Default_Ignorable_Code_Point}|\u0300|\u0301/gu
const token = /[\p{L}\p{N}*@$]+|[.!?…\n;]+|💊|🔪|🩸|🆘|[^\S\n]{2,}/gu

/** Reads a text, and once more as typed on the wrong keyboard where that is possible. */
export const readingsOf = (text: string): TextWord[][] => {
  const plain = text
    .slice(0, longestText)
    .normalize('NFC')
    .replace(unseen, '')
    .toLowerCase()
    .replaceAll(...spelling.io)
    .replace(/(\p{L})['’`](?=\p{L})/gu, '$1')
    .replace(/(\p{L})\1{2,}/gu, '$1')
  const other = otherLayout(plain)
  return [wordsOf(plain), ...(other === null ? [] : [wordsOf(other)])]
}

const wordsOf = (plain: string): TextWord[] => {
  const words: TextWord[] = []
  const forms = new Map<string, readonly string[]>()
  let sentence = 0
  for (const raw of spelledOut(plain.match(token) ?? [])) {
    if (/^[.!?…\n;]/.test(raw)) sentence += 1
    else if (/^\s/.test(raw)) continue
    else if (spelling.signs[raw] !== undefined) words.push({ forms: [spelling.signs[raw]], sentence })
    else
      for (const word of apart(raw)) {
        const known = forms.get(word) ?? formsOf(word)
        forms.set(word, known)
        words.push({ forms: known, sentence })
      }
  }
  return words
}

/** «Не» is often stuck to the verb: «нехочу», «немогу». */
const stuckNo =
  /^не(?=(?:хо[чт]|могу|мож|буд|вижу|ем$|пуск|вып|дают|дает|прих|верн|пойд|прос|дыш|встает|звон|пиш|трог))/

const apart = (raw: string): string[] => (stuckNo.test(raw) ? [raw.slice(0, 2), raw.slice(2)] : [raw])

/** Joins runs of at least three single letters, with or without dots: «у м е р е т ь», «с.у.и.ц.и.д». */
const spelledOut = (tokens: readonly string[]): string[] => {
  const out: string[] = []
  for (let at = 0; at < tokens.length; ) {
    let run = ''
    let end = at
    while (end < tokens.length) {
      const one = tokens[end] ?? ''
      if (/^\p{L}$/u.test(one)) run += one
      else if (one !== '.' || run === '') break
      end += 1
    }
    if (run.length > 2) {
      out.push(run)
      at = end
    } else {
      out.push(tokens[at] ?? '')
      at += 1
    }
  }
  return out
}
