import { z } from 'zod'
import { cleanText } from '#core/words.ts'
import type { SentFile } from '#dialogue/input.ts'
import type { FileKind } from '#features/messages/message-files.ts'

const fileId = z.string().min(1).max(256)
const size = z.number().int().nonnegative().optional()

const described = z.object({
  file_id: fileId,
  file_name: z.string().max(1024).optional(),
  mime_type: z.string().max(255).optional(),
  file_size: size,
})
const photos = z.array(z.object({ file_id: fileId, width: z.number(), file_size: size })).min(1)

/** The fields that carry a file; an animation comes with a document besides. */
const fields: readonly (readonly [string, FileKind])[] = [
  ['animation', 'animation'],
  ['voice', 'voice'],
  ['video_note', 'video-note'],
  ['audio', 'audio'],
  ['video', 'video'],
  ['document', 'document'],
]

const longestName = 120

/** The photo, recording or document of a message; null if it has none that matches Telegram's schema. */
export const fileOf = (sent: Readonly<Record<string, unknown>>): SentFile | null => {
  const file = photoOf(sent) ?? recordingOf(sent)
  if (!file) return null
  return { kind: 'file', file, caption: typeof sent.caption === 'string' ? cleanText(sent.caption) : '' }
}

/** Telegram provides a photo in several sizes, always as a JPEG without a name. A live photo has a still one. */
const photoOf = ({ photo, live_photo }: Readonly<Record<string, unknown>>): SentFile['file'] | null => {
  const live = z.object({ photo: photos }).safeParse(live_photo).data?.photo
  const sizes = photos.safeParse(photo).data ?? live
  const largest = sizes?.toSorted((a, b) => a.width - b.width).at(-1)
  if (!largest) return null
  return {
    ...{ kind: 'photo', fileId: largest.file_id, name: null, mime: 'image/jpeg' },
    size: largest.file_size ?? null,
  }
}

const recordingOf = (sent: Readonly<Record<string, unknown>>): SentFile['file'] | null => {
  for (const [field, kind] of fields) {
    const { data } = described.safeParse(sent[field])
    if (!data) continue
    const { file_id, file_name = '', mime_type = null, file_size = null } = data
    // Keeps the end of the name, which has the extension.
    const name = [...cleanText(file_name).replace(/\s+/g, ' ')].slice(-longestName).join('') || null
    return { kind, fileId: file_id, name, mime: mime_type, size: file_size }
  }
  return null
}
