import { z } from 'zod'
import { cleanText } from '#core/words.ts'
import type { SentFile, Unsupported } from '#dialogue/input.ts'

const fileId = z.string().min(1).max(256)
const size = z.number().int().nonnegative().optional()
const caption = z.string().max(4096).default('')

const photo = z.object({
  photo: z.array(z.object({ file_id: fileId, width: z.number(), file_size: size })).min(1),
  caption,
})
const document = z.object({
  document: z.object({
    file_id: fileId,
    file_name: z.string().max(1024).optional(),
    mime_type: z.string().max(255).optional(),
    file_size: size,
  }),
  caption,
})

const longestName = 120

/** The photo or document of a message; null for a video, and for anything that does not match Telegram's schema. */
export const fileOf = (sent: unknown, what: Unsupported): SentFile | null => {
  const event = what === 'picture' ? pictureOf(sent) : what === 'document' ? documentOf(sent) : null
  return event && { ...event, caption: cleanText(event.caption) }
}

/** Telegram provides a photo in several sizes, always as a JPEG without a name. */
const pictureOf = (sent: unknown): SentFile | null => {
  const parsed = photo.safeParse(sent)
  const largest = parsed.data?.photo.toSorted((a, b) => a.width - b.width).at(-1)
  if (!parsed.data || !largest) return null
  const file = { fileId: largest.file_id, name: null, mime: 'image/jpeg', size: largest.file_size ?? null }
  return { kind: 'file', what: 'picture', file, caption: parsed.data.caption }
}

const documentOf = (sent: unknown): SentFile | null => {
  const parsed = document.safeParse(sent)
  if (!parsed.data) return null
  const { file_id, file_name = '', mime_type = null, file_size = null } = parsed.data.document
  // Keeps the end of the name, which has the extension.
  const name = [...cleanText(file_name).replace(/\s+/g, ' ')].slice(-longestName).join('') || null
  const file = { fileId: file_id, name, mime: mime_type, size: file_size }
  return { kind: 'file', what: 'document', file, caption: parsed.data.caption }
}
