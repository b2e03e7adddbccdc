import { badRequest } from '../errors.ts'
import type { MessageEntity } from '../types.ts'

export type Formatted = { text: string; entities: MessageEntity[] }

type Open = {
  tag: string
  at: number
  source: number
  entity: Omit<MessageEntity, 'offset' | 'length'> | null
}

const tags: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  'tg-emoji': 'custom_emoji',
  'tg-time': 'date_time',
  span: 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/**
 * Text with Telegram's HTML → plain text and entities, in UTF-16 units. Follows `parse_html` of tdlib:
 * only these tags, all of them closed in order; `&lt; &gt; &amp; &quot;` and numeric references; any other `&`
 * is plain text, while any other `<` is an error.
 * @throws ApiError 400 «can't parse entities: …» with the offset in bytes
 */
export const parseHtml = (html: string): Formatted => {
  let text = ''
  const open: Open[] = []
  const entities: MessageEntity[] = []
  let at = 0
  while (at < html.length) {
    const sign = html[at]
    if (sign === '&') {
      const reference = readReference(html, at)
      text += reference.text
      at = reference.end
    } else if (sign !== '<') {
      const stop = nextSign(html, at)
      text += html.slice(at, stop)
      at = stop
    } else if (html[at + 1] === '/') {
      at = closeTag(html, at, text, open, entities)
    } else {
      at = openTag(html, at, text, open)
    }
  }
  const left = open.at(-1)
  if (left) throw broken(`Can't find end tag corresponding to start tag "${left.tag}"`)
  return { text, entities }
}

const nextSign = (html: string, at: number): number => {
  const found = html.slice(at).search(/[<&]/)
  return found < 0 ? html.length : at + found
}

const broken = (what: string, html?: string, at?: number) =>
  badRequest(
    `can't parse entities: ${what}${html === undefined ? '' : ` at byte offset ${Buffer.byteLength(html.slice(0, at))}`}`,
  )

const readReference = (html: string, at: number): { text: string; end: number } => {
  const found = /^&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));?/i.exec(html.slice(at, at + 12))
  const plain = { text: '&', end: at + 1 }
  if (!found) return plain
  const [whole, decimal, hex, name] = found
  const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : 0
  const text = name ? named[name] : code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined
  return text === undefined ? plain : { text, end: at + whole.length }
}

const openTag = (html: string, start: number, text: string, open: Open[]): number => {
  const tag = (/^[^\s>/]*/.exec(html.slice(start + 1))?.[0] ?? '').toLowerCase()
  if (!Object.hasOwn(tags, tag)) throw broken(`Unsupported start tag "${tag}"`, html, start)
  const attributes: Record<string, string> = {}
  let at = start + 1 + tag.length
  while (true) {
    at += /^\s*/.exec(html.slice(at))?.[0].length ?? 0
    if (at >= html.length) throw broken('Unclosed start tag', html, start)
    if (html[at] === '>') break
    const part = /^([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)))?/.exec(html.slice(at))
    if (!part?.[1]) throw broken(`Empty attribute name in the tag "${tag}"`, html, start)
    attributes[part[1].toLowerCase()] = plainValue(part[2] ?? part[3] ?? part[4] ?? '')
    at += part[0].length
  }
  open.push({ tag, at: text.length, source: start, entity: toEntity(tag, attributes, html, start, open) })
  return at + 1
}

const plainValue = (value: string): string => {
  let text = ''
  for (let at = 0; at < value.length; ) {
    const next = value[at] === '&' ? readReference(value, at) : { text: value[at], end: at + 1 }
    text += next.text
    at = next.end
  }
  return text
}

const toEntity = (
  tag: string,
  attributes: Record<string, string>,
  html: string,
  start: number,
  open: Open[],
): Open['entity'] => {
  const type = tags[tag] ?? ''
  if (tag === 'span' && attributes.class !== 'tg-spoiler') {
    throw broken('Tag "span" must have class "tg-spoiler"', html, start)
  }
  if (tag === 'tg-emoji') return { type, custom_emoji_id: attributes['emoji-id'] ?? '' }
  if (tag === 'tg-time') return { type, unix_time: Number(attributes.unix ?? 0) }
  if (tag === 'blockquote' && 'expandable' in attributes) return { type: 'expandable_blockquote' }
  if (tag === 'a') return { type, url: attributes.href ?? '' }
  const language = tag === 'code' && attributes.class?.startsWith('language-') && attributes.class.slice(9)
  const around = open.at(-1)
  if (language && around?.tag === 'pre' && around.entity) {
    around.entity.language = language
    return null
  }
  return { type }
}

const closeTag = (
  html: string,
  start: number,
  text: string,
  open: Open[],
  entities: MessageEntity[],
): number => {
  const last = open.pop()
  if (!last) throw broken('Unexpected end tag', html, start)
  const end = html.indexOf('>', start)
  if (end < 0) throw broken('Unclosed end tag', html, start)
  const tag = html
    .slice(start + 2, end)
    .trim()
    .toLowerCase()
  if (tag !== '' && tag !== last.tag) {
    throw broken(`Unmatched end tag, expected "</${last.tag}>", found "</${tag}>"`, html, start)
  }
  const length = text.length - last.at
  if (!last.entity || length === 0) return end + 1
  const entity = { ...last.entity, offset: last.at, length }
  const url = entity.type === 'text_link' ? checkedLink(entity.url || text.slice(last.at)) : undefined
  if (entity.type !== 'text_link') entities.push(entity)
  else if (url) entities.push({ ...entity, url })
  return end + 1
}

/** Telegram accepts only http(s), tg: and bare hosts as links; of others (such as `tel:`) only the text remains. */
const checkedLink = (url: string): string | undefined => {
  if (/^(https?|tg):\/\/\S+$/i.test(url)) return url
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(url) ? `http://${url}` : undefined
}
