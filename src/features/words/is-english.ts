import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Small words that every English sentence has some of, and no Russian one in Latin letters. */
const common: ReadonlySet<string> = new Set(
  z.array(z.string()).parse(JSON.parse(readFileSync(new URL('./is-english.json', import.meta.url), 'utf8'))),
)

/** Whether somebody writes English: «my dad hits me», and not «menya biet papa». */
export const isEnglish = (text: string): boolean => {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  return !/\p{Script=Cyrillic}/u.test(text) && words.filter((word) => common.has(word)).length >= 2
}
