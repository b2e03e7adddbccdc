import { readEntries } from './danger-entries.ts'
import type { DangerKind } from './danger-kinds.ts'
import { createMatcher } from './match-entries.ts'
import { readingsOf } from './text-words.ts'

/** A talk in which danger was spoken of: of what kinds, and when last (ms). */
export type DangerTalk = { kinds: readonly DangerKind[]; at: number }

/** For how long after words of danger, or a danger card, a talk is about them (ms). */
export const dangerTalkMs = 2 * 60 * 60_000

const match = createMatcher(readEntries('going-on.json', 'call'))

/** The talk, while it is about danger; null once it is over. */
export const talkAt = (talk: DangerTalk | null, now: Date): DangerTalk | null =>
  talk !== null && now.getTime() - talk.at < dangerTalkMs ? talk : null

/**
 * Whether a text tells that a danger goes on: «он стучит в дверь», «он уже здесь». It counts in a talk about danger only:
 * outside of one the same words are a postman's.
 */
export const goesOn = (text: string): boolean => readingsOf(text).some((words) => match(words).length > 0)
