import { readEntries } from './danger-entries.ts'
import { createMatcher } from './match-entries.ts'
import { readingsOf } from './text-words.ts'

const match = createMatcher(readEntries('child-speaks.json', 'call'))

/**
 * Whether a text has what mostly a child says, «мама меня бьёт», «боюсь идти домой», «9 класс», and nothing that only an adult
 * does: a husband, children, a childhood that is over, a child's words told again.
 */
export const soundsLikeChild = (text: string): boolean => {
  const ids = readingsOf(text).flatMap((words) => match(words).map(({ id }) => id))
  return ids.length > 0 && !ids.includes('call.adult')
}
