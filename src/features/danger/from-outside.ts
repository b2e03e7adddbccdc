import { memoByText } from '#core/memo.ts'
import { readEntries } from './danger-entries.ts'
import { createMatcher } from './match-entries.ts'
import { readingsOf } from './text-words.ts'

const match = createMatcher(readEntries('from-outside.json', 'call'))
const idsIn = memoByText(200, (text) =>
  readingsOf(text)
    .flatMap(match)
    .map(({ id }) => id),
)

const own: readonly string[] = ['call.own', 'call.own-blow', 'call.own-en']
const friends: readonly string[] = ['call.friend', 'call.friend-en']

/**
 * From where somebody tells of a danger, by their words. `own`: it is theirs, or their children's. `seen`: they see or hear it
 * at neighbours, in the street. `friend`: somebody whom they know has told them. Null where the words say nothing of it: then
 * it is theirs, because a card for a witness sends nobody away from a blow.
 */
export const tellsFrom = (text: string): 'own' | 'seen' | 'friend' | null => {
  const ids = idsIn(text)
  if (ids.some((id) => own.includes(id))) return 'own'
  if (ids.length === 0) return null
  // Whoever teaches or treats a child sees it, even where a girl «from 7b» would be a classmate's.
  if (ids.includes('call.at-work')) return 'seen'
  return ids.some((id) => friends.includes(id)) ? 'friend' : 'seen'
}
