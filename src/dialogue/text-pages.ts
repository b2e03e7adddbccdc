import { escapeHtml } from '#core/text.ts'

/** Somebody's words, and the line above them (already escaped). Without words, the line alone. */
export type Block = { head?: string; text: string }

/** Room for words on one card beside its heading, in UTF-16 units: Telegram counts them after parsing. */
const room = 3400

/**
 * Lays text out on pages that fit a card, without leaving anything out: a long text continues on the next page. Pages are
 * in reading order; each is the HTML of its blocks.
 */
export const textPages = (blocks: readonly Block[]): string[][] =>
  blockPages(blocks).map((page) => page.map(({ html }) => html))

/** The same, with the block from which each part comes. */
export const blockPages = <Of extends Block>(blocks: readonly Of[]): { html: string; block: Of }[][] => {
  const pages: { html: string; block: Of }[][] = [[]]
  let free = room
  for (const block of blocks) {
    const { head, text } = block
    for (const [index, piece] of pieces(text).entries()) {
      const size = piece.length + (head?.length ?? 0)
      if (size > free && pages.at(-1)?.length) {
        pages.push([])
        free = room
      }
      const lines = [index === 0 && head, escapeHtml(piece)]
      pages.at(-1)?.push({ html: lines.filter(Boolean).join('\n'), block })
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
