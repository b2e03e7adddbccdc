import { countCharacters } from '#core/words.ts'
import type { SentFile } from '#dialogue/input.ts'
import type { ScreenState } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { MessageContent } from '#features/messages/message-files.ts'
import { longestMessage } from '#features/messages/write-message.ts'
import { refusalOf, refusedView } from './refused-file.ts'

/** How long an opened file stays in a chat. */
export const fileMinutes = 10

export const saidWords = (text: string): MessageContent => ({ text, file: null })

export const saidFile = ({ file, caption }: SentFile): MessageContent => ({
  text: caption === '' ? null : caption,
  file,
})

/**
 * Passes on what can be taken of a message: a refused file leaves the words under it. What is refused is said in a message
 * of its own, and nothing of it is stored; `stay` is shown if nothing was taken.
 */
export const passOn = async (
  { say, session }: Turn,
  { text, file }: MessageContent,
  stay: ScreenState,
  send: (said: MessageContent) => Promise<Step | null>,
): Promise<Step | null> => {
  const long = text !== null && countCharacters(text) > longestMessage && say.t('thread.refused.long')
  const refusal = long || (file && refusalOf(say, file))
  if (!refusal) return send({ text, file })
  const aside = { view: refusedView(refusal) }
  if (long || text === null) return { to: stay, aside }
  // What is refused and what was sent are both said.
  delete session.told
  const step = await send({ text, file: null })
  return step && { ...step, aside }
}
