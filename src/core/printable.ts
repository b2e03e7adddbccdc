import { readFileSync } from 'node:fs'
import { fontFiles } from './fonts.ts'

/** A whole sign as people see it, although it has several code points: a family, a flag, a hand with its skin. */
const signs = new Intl.Segmenter('ru', { granularity: 'grapheme' })

/** Joiners, variation selectors and the like have no shape of their own. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/u
const pictograph = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u20E3/u

/**
 * A text as the bundled fonts can draw it, so that no name has an empty box in it. A sign that they lack is left out if it is
 * an emoji, with the blank before it, and is «?» if it is a letter; a text of nothing else is «•».
 */
export const printable = (text: string): string => {
  if (/^[\p{ASCII}\p{Script=Cyrillic}«»–—…№]*$/u.test(text)) return text
  let [drawn, leftOut] = ['', false]
  for (const { segment } of signs.segment(text)) {
    const blank = /^[ \u00A0]$/u.test(segment)
    if (blank && leftOut && drawn === '') continue
    if (isDrawn(segment)) drawn += segment
    else if (!pictograph.test(segment)) drawn += '?'
    else {
      leftOut = true
      drawn = drawn.replace(/[ \u00A0]$/u, '')
    }
  }
  return drawn.trim() === '' && text.trim() !== '' ? '•' : drawn
}

const isDrawn = (sign: string): boolean =>
  [...sign].every(
    (point) => unseen.test(point) || /\s/u.test(point) || drawable().has(point.codePointAt(0) ?? 0),
  ) && !(pictograph.test(sign) && [...sign].filter((point) => !unseen.test(point)).length > 1)

let found: ReadonlySet<number> | undefined

/** The code points that both fonts can draw; read once. */
const drawable = (): ReadonlySet<number> => {
  if (found) return found
  const bold = codePointsOf(fontFiles.bold)
  found = new Set([...codePointsOf(fontFiles.regular)].filter((point) => bold.has(point)))
  return found
}

/** Reads the table of characters of a TrueType font, its format 12 (OpenType, `cmap`). */
const codePointsOf = (file: string): Set<number> => {
  const font = readFileSync(file)
  const table = at(font, 12, font.readUInt16BE(4), 16, (entry) =>
    font.toString('latin1', entry, entry + 4) === 'cmap' ? font.readUInt32BE(entry + 8) : null,
  )
  const format = at(font, table + 4, font.readUInt16BE(table + 2), 8, (entry) => {
    const start = table + font.readUInt32BE(entry + 4)
    return font.readUInt16BE(start) === 12 ? start : null
  })
  const points = new Set<number>()
  for (let group = 0; group < font.readUInt32BE(format + 12); group += 1) {
    const entry = format + 16 + group * 12
    for (let point = font.readUInt32BE(entry); point <= font.readUInt32BE(entry + 4); point += 1)
      points.add(point)
  }
  return points
}

/** The first of these entries for which there is an offset. */
const at = (
  font: Buffer,
  start: number,
  count: number,
  size: number,
  offsetOf: (entry: number) => number | null,
): number => {
  for (let nth = 0; nth < count; nth += 1) {
    const offset = offsetOf(start + nth * size)
    if (offset !== null) return offset
  }
  throw new Error(`a font of ${font.length} bytes has no table of characters`)
}
