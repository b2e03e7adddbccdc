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

/** If the message is refused, the reason in a message of its own; nothing of it is stored. Null if it is accepted. */
export const refusedMessage = (
  { say }: Turn,
  to: ScreenState,
  { text, file }: MessageContent,
): Step | null => {
  const long = text !== null && countCharacters(text) > longestMessage && say.t('thread.refused.long')
  const refusal = long || (file && refusalOf(say, file))
  return refusal ? { to, aside: { view: refusedView(refusal) } } : null
}
