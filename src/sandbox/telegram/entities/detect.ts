import type { MessageEntity } from '../types.ts'

/** The entities that Telegram detects automatically, in order of precedence. Approximates tdlib's `find_entities`. */
const patterns: { type: string; pattern: RegExp; fits?: (found: string) => boolean }[] = [
  { type: 'url', pattern: /https?:\/\/[^\s<>"«»]+[^\s<>"«».,:;!?)]/giu },
  { type: 'email', pattern: /[\w.+-]+@[\w-]+(\.[\w-]+)+/gu },
  {
    type: 'url',
    pattern:
      /(?<![\w@.-])([a-z0-9-]+\.)+(ru|com|org|net|me|info|io|su)(?![\w-])(\/[^\s<>"«»]*[^\s<>"«».,:;!?)])?/giu,
  },
  {
    type: 'phone_number',
    pattern: /(?<![\w+-])(\+\d|8)[\d ()-]{8,20}\d(?![\w-])/gu,
    fits: (found) => found.replace(/\D/g, '').length >= 11 && found.replace(/\D/g, '').length <= 15,
  },
  { type: 'mention', pattern: /(?<!\w)@[A-Za-z]\w{3,31}\b/g },
  { type: 'hashtag', pattern: /(?<![\p{L}\p{N}_#])#(?=[\p{L}\p{N}_]*\p{L})[\p{L}\p{N}_]{1,64}/gu },
  { type: 'bot_command', pattern: /(?<![\w/<>])\/[A-Za-z0-9_]{1,64}(@\w{5,32})?(?![\w/])/g },
]

const closed = new Set(['text_link', 'text_mention', 'code', 'pre', 'custom_emoji'])

/** Adds automatic entities where no explicit one prevents it; sorts the result like Telegram. */
export const withDetected = (text: string, explicit: MessageEntity[]): MessageEntity[] => {
  const taken = explicit.filter(({ type }) => closed.has(type))
  const found: MessageEntity[] = []
  for (const { type, pattern, fits } of worthwhile(text)) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (fits && !fits(match[0])) continue
      if (taken.some((other) => overlap(other, entity))) continue
      found.push(entity)
      taken.push(entity)
    }
  }
  return [...explicit, ...found].sort((a, b) => a.offset - b.offset || b.length - a.length)
}

const worthwhile = (text: string) => (/[@#/.\d]/.test(text) ? patterns : [])

const overlap = (a: MessageEntity, b: MessageEntity) =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length
