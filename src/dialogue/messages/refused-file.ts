import type { Say } from '#core/text.ts'
import type { View } from '#dialogue/view.ts'
import { extensionOf, fileRefusal } from '#features/messages/file-refusal.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'

/** Why a file is not sent, in the person's words; null if it is accepted. */
export const refusalOf = (say: Say, file: AttachedFile): string | null => {
  const refusal = fileRefusal(file)
  if (!refusal) return null
  const { name } = file
  const which = name === null ? say.t('thread.refused.thisFile') : say.t('thread.refused.named', { name })
  if (refusal === 'too-large') return `${which} ${say.t('thread.refused.large')}`
  const ending = extensionOf(name)
  return `${which} ${ending ? say.t('thread.refused.type', { ending }) : say.t('thread.refused.nameless')}`
}

/** A message of its own, which no later card replaces. */
export const refusedView = (html: string): View => ({ screen: 'words.refused', html: `⚠️ ${html}`, rows: [] })
