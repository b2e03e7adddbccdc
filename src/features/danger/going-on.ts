import { readEntries } from './danger-entries.ts'
import type { DangerKind } from './danger-kinds.ts'
import { createMatcher } from './match-entries.ts'
import type { DangerMoment } from './moment.ts'
import { readingsOf } from './text-words.ts'

/**
 * A talk in which danger was spoken of: of what kinds, where whoever writes was then, and when last (ms). `others`: it is
 * others whom it happens to, and from where they are seen.
 */
export type DangerTalk = {
  kinds: readonly DangerKind[]
  at: number
  moment?: DangerMoment | undefined
  others?: 'seen' | 'friend' | undefined
}

/** For how long after words of danger, or a danger card, a talk is about them (ms). */
export const dangerTalkMs = 2 * 60 * 60_000

const match = createMatcher(readEntries('going-on.json', 'call'))
const matchCameHome = createMatcher(readEntries('came-home.json', 'call'))
const arrivals = ['call.here', 'call.here-en']

/** Of these the arrival of a mother is the end. Of anything else it may be the danger itself. */
const endsWithHer: readonly DangerKind[] = ['alone', 'hunger']

/** The talk, while it is about danger; null once it is over. */
export const talkAt = (talk: DangerTalk | null, now: Date): DangerTalk | null =>
  talk !== null && now.getTime() - talk.at < dangerTalkMs ? talk : null

/**
 * Whether a text tells that a danger goes on: «он стучит в дверь», «он уже здесь». It counts in a talk about danger only:
 * outside of one the same words are a postman's. `kinds`: what the talk is about; to a child left alone «мама пришла» is
 * good news.
 */
export const goesOn = (text: string, kinds: readonly DangerKind[] = []): boolean =>
  goingOn(text, kinds).length > 0

/** The ids of the entries by which it goes on; empty if it does not. */
export const goingOn = (text: string, kinds: readonly DangerKind[] = []): string[] => {
  const readings = readingsOf(text)
  const found = [...new Set(readings.flatMap((words) => match(words)).map(({ id }) => id))]
  const relieved = kinds.length > 0 && kinds.every((kind) => endsWithHer.includes(kind))
  const cameHome =
    relieved &&
    found.every((id) => arrivals.includes(id)) &&
    readings.some((words) => matchCameHome(words).length > 0)
  return cameHome ? [] : found
}
