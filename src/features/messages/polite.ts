import { smallTalkIn } from '#features/words/small-talk.ts'
import type { MessageContent } from './message-files.ts'

/**
 * Whether something is said out of politeness alone: it stands in the conversation and its reader is told, but nobody has to
 * have read «спасибо» by any hour, so that no notice says later that we are late with it.
 */
export const isPolite = ({ text, file }: MessageContent): boolean =>
  file === null && text !== null && smallTalkIn(text) !== null
