import { countCharacters } from '#core/words.ts'
import type { SentFile } from '#dialogue/input.ts'
import type { ScreenState } from '#dialogue/registry.ts'
import type { Step, Turn } from '#dialogue/screen.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'
import { fileRefusal } from '#features/messages/message-files.ts'
import { longestMessage, type MessageContent } from '#features/messages/write-message.ts'

/** How long an opened file stays in a chat. */
export const fileMinutes = 10

export const saidWords = (text: string): MessageContent => ({ text, file: null })

export const saidFile = ({ file, what, caption }: SentFile): MessageContent & { file: AttachedFile } => ({
  text: caption === '' ? null : caption,
  file: { ...file, kind: what === 'picture' ? 'photo' : 'document' },
})

/** If the message is refused, returns the card with the reason; nothing of it is stored. Null if it is accepted. */
export const refusedMessage = (
  { say }: Turn,
  to: ScreenState,
  { text, file }: MessageContent,
): Step | null => {
  if (text !== null && countCharacters(text) > longestMessage)
    return { to, notice: say.t('thread.refused.long') }
  const refusal = file && fileRefusal(file)
  if (!refusal) return null
  const ending = /\.([a-z0-9]{1,8})$/i.exec(file.name ?? '')?.[1]?.toLowerCase()
  if (refusal === 'too-large') return { to, notice: say.t('thread.refused.large') }
  return { to, notice: ending ? say.t('thread.refused.type', { ending }) : say.t('thread.refused.nameless') }
}
