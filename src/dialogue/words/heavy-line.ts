import type { Say } from '#core/text.ts'
import type { Turn } from '#dialogue/screen.ts'
import { type HeavyTopic, heavyTopicIn } from '#features/words/heavy-topics.ts'

/** One human sentence about what was said, before anything of the centre's. */
export const heavyLine = (say: Say, topic: HeavyTopic | null): string | null =>
  topic && say.t(`words.heavy.${topic}`)

/**
 * The same for words that were sent, once for each topic in a row. Whoever reads them is named in the receipt, so «есть кто
 * живой?» is answered by it.
 */
export const heavyLineOnce = ({ session, say }: Turn, text: string | null): string | null => {
  const topic = heavyTopicIn(text ?? '')
  if (topic === null || topic === 'anybody' || topic === session.answeredTopic) return null
  session.answeredTopic = topic
  return heavyLine(say, topic)
}
