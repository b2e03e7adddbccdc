import { memoByText } from '#core/memo.ts'
import { readEntries } from './danger-entries.ts'
import type { DangerKind } from './danger-kinds.ts'
import { createMatcher } from './match-entries.ts'
import { readingsOf } from './text-words.ts'

const match = createMatcher(readEntries('by-own-hand.json', 'call'))
const namesAnother = memoByText(200, (text) => readingsOf(text).some((words) => match(words).length > 0))

/**
 * Whether somebody tells of a blow of their own, and of nobody else's. The words of the blow are words of violence, too, but a
 * card that says nobody has the right to hit sends away whoever has just confessed it.
 */
export const isByOwnHand = (text: string, kinds: readonly DangerKind[]): boolean =>
  kinds.includes('own-hands') && !namesAnother(text)
