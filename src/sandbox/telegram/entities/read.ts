import { ApiError, badRequest } from '../errors.ts'
import type { MessageEntity } from '../types.ts'
import { withDetected } from './detect.ts'
import { type Formatted, parseHtml } from './html.ts'

export type Raw = { text: string; parseMode?: string | undefined; entities?: MessageEntity[] | undefined }

/**
 * The bot's text as a message will contain it: parsed, cleaned and trimmed like Telegram does, with automatic
 * entities (phone numbers, links, commands) added.
 * @throws ApiError 400 when the markup is broken, 501 for a parse mode other than HTML
 */
export const readFormatted = ({ text, parseMode, entities }: Raw): Formatted => {
  const given = parseMode ? parse(text, parseMode) : { text, entities: entities ?? [] }
  for (const { offset, length } of given.entities) {
    if (offset < 0 || length < 0 || offset + length > given.text.length) {
      throw badRequest('entity beyond the end of the text')
    }
  }
  const trimmed = trim({ text: clean(given.text), entities: given.entities })
  return { text: trimmed.text, entities: withDetected(trimmed.text, trimmed.entities) }
}

const parse = (text: string, mode: string): Formatted => {
  if (mode.toLowerCase() === 'html') return parseHtml(text)
  if (/^markdown(v2)?$/i.test(mode)) throw new ApiError(501, `Not emulated: parse_mode ${mode}`)
  throw badRequest('unsupported parse_mode')
}

/** Replaces control characters by spaces, which keeps the offsets valid. */
const clean = (text: string): string =>
  hasControl(text) ? Array.from({ length: text.length }, (_, at) => cleanUnit(text, at)).join('') : text

const isControl = (code: number) => code < 32 && code !== 10
const hasControl = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (isControl(text.charCodeAt(at))) return true
  return false
}
const cleanUnit = (text: string, at: number) => (isControl(text.charCodeAt(at)) ? ' ' : text.charAt(at))

const trim = ({ text, entities }: Formatted): Formatted => {
  const kept = text.trim()
  if (kept.length === text.length) return { text, entities }
  const start = text.length - text.trimStart().length
  const moved = entities.flatMap((entity) => {
    const from = Math.max(entity.offset - start, 0)
    const to = Math.min(entity.offset + entity.length - start, kept.length)
    return to > from ? [{ ...entity, offset: from, length: to - from }] : []
  })
  return { text: kept, entities: moved }
}
