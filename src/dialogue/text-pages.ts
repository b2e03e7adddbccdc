import { escapeHtml } from '#core/text.ts'

/** Somebody's words, and the line above them (already escaped). */
export type Block = { head?: string; text: string }

/** Room for words on one card beside its heading, in UTF-16 units: Telegram counts them after parsing. */
const room = 3400

/**
 * Lays text out on pages that fit a card, without leaving anything out: a long text continues on the next page. Pages are
 * in reading order; each is the HTML of its blocks.
 */
export const textPages = (blocks: readonly Block[]): string[][] => {
  const pages: string[][] = [[]]
  let free = room
  for (const { head, text } of blocks) {
    for (const [index, piece] of pieces(text).entries()) {
      const size = piece.length + (head?.length ?? 0)
      if (size > free && pages.at(-1)?.length) {
        pages.push([])
        free = room
      }
      pages.at(-1)?.push(index === 0 && head ? `${head}\n${escapeHtml(piece)}` : escapeHtml(piece))
      free -= size
    }
  }
  return pages
}

/** A text in parts of at most a page, never cut inside a letter. */
const pieces = (text: string): string[] => {
  const parts = ['']
  for (const letter of text) {
    const last = parts.length - 1
    if ((parts[last]?.length ?? 0) + letter.length > room - 200) parts.push(letter)
    else parts[last] += letter
  }
  return parts
}
