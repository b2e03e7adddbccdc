import type { Say } from '#core/text.ts'
import type { Turn } from '#dialogue/screen.ts'
import { type HeavyTopic, heavyTopicIn, isAskedFirst } from '#features/words/heavy-topics.ts'

/** One human sentence about what was said, before anything of the centre's. */
const heavyLine = (say: Say, topic: HeavyTopic | null): string | null =>
  topic && say.t(`words.heavy.${topic}`)

/** The same for words that are held, and the answer to what was asked last. */
export const humanLines = (say: Say, held: string): (string | null)[] => {
  const topic = heavyTopicIn(held)
  const last = heavyTopicIn(held.split('\n').at(-1) ?? '')
  const asked = last !== null && isAskedFirst(last) && last !== topic ? last : null
  return [heavyLine(say, topic), heavyLine(say, asked)]
}

/**
 * The same for words that were sent, once for each topic in a row. Whoever reads them is named in the receipt, so «есть кто
 * живой?» is answered by it, and «это платно?» may be about anything.
 */
export const heavyLineOnce = ({ session, say }: Turn, text: string | null): string | null => {
  const topic = heavyTopicIn(text ?? '')
  if (topic === null || isAskedFirst(topic) || topic === session.answeredTopic) return null
  session.answeredTopic = topic
  return heavyLine(say, topic)
}
