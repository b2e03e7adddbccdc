/** What the centre says about hidden chats: the line that is left, and the word that brings one back. */
export type Neutral = { line?: string; word?: string }

export const neutralOf = ({
  NEUTRAL_LINE: line,
  NEUTRAL_WORD: word,
}: {
  NEUTRAL_LINE?: string
  NEUTRAL_WORD?: string
}): { neutral?: Neutral } =>
  line === undefined && word === undefined
    ? {}
    : { neutral: { ...(line !== undefined && { line }), ...(word !== undefined && { word }) } }

/** Whether the line of a hidden chat names the centre: its whole name, or a word of it. */
export const tellsWhose = (name = '', line = ''): boolean =>
  [name, ...(name.match(/\p{L}{5,}/gu) ?? [])].some(
    (part) => part !== '' && line.toLowerCase().includes(part.toLowerCase()),
  )
