import type { Say } from './text.ts'

/** What stands for a text whose key was destroyed: as it is in the API, in the reader's words wherever people read it. */
export const erasedText = '[erased]'

/** What stands for a text that is blocked while a data request is looked into. */
export const blockedText = '[blocked]'

/** The text as people read it. */
export const inKindWords = (say: Pick<Say, 'label'>, text: string): string => {
  const kind = text.includes(erasedText) ? text.replaceAll(erasedText, say.label('card.gone')) : text
  return kind.includes(blockedText) ? kind.replaceAll(blockedText, say.label('card.blocked')) : kind
}
