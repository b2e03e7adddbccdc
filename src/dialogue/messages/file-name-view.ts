import type { Say } from '#core/text.ts'
import type { FileKind } from '#features/messages/message-files.ts'

type Named = { kind: FileKind; name: string | null }

/** «Документ: справка.pdf», «Голосовое сообщение». */
export const fileName = (say: Say, { kind, name }: Named): string =>
  kind === 'document' ? say.t('thread.document', { name: name ?? '' }) : say.t(`thread.${kind}`)

const longestLabel = 24

/** «Открыть: справка.pdf», with the end of a name that is too long. */
export const openFileLabel = (say: Say, { kind, name: given }: Named): string => {
  const name = kind === 'document' && given ? given : say.label(`thread.short.${kind}`)
  const free = longestLabel - [...say.label('thread.open', { name: '' })].length
  const letters = [...name]
  return say.label('thread.open', {
    name: letters.length <= free ? name : `…${letters.slice(1 - free).join('')}`,
  })
}
