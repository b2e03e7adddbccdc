import { z } from 'zod'
import type { Sealer } from '#storage/seal.ts'

export const fileKinds = ['photo', 'document', 'voice', 'audio', 'video', 'video-note', 'animation'] as const
export type FileKind = (typeof fileKinds)[number]

/** A photo, voice message or document as described by the channel, which keeps its bytes. */
export const attachedFile = z.strictObject({
  kind: z.enum(fileKinds),
  /** The channel's handle for sending it again. */
  fileId: z.string(),
  name: z.string().nullable(),
  mime: z.string().nullable(),
  /** In bytes; null if unknown. */
  size: z.number().nullable(),
})
export type AttachedFile = z.infer<typeof attachedFile>

/** The content of a message: text, a file, or both. */
export type MessageContent = { text: string | null; file: AttachedFile | null }

type Sealed = { file: string; fileKind: string | null }

/** Earlier versions know a photo and a document only, and read strictly: any other kind is stored beside. */
export const sealFile = (sealer: Sealer, at: string, { kind, ...file }: AttachedFile): Sealed => {
  const known = kind === 'photo' || kind === 'document'
  const json = attachedFile.parse({ kind: known ? kind : 'document', ...file })
  return { file: sealer.sealJson(json, at), fileKind: known ? null : kind }
}

export const openSealedFile = (
  sealer: Sealer,
  at: string,
  { file, fileKind }: { file: string | null; fileKind: string | null },
): AttachedFile | null => {
  if (file === null) return null
  const opened = sealer.openJson(file, at, null)
  if (opened === null) return null
  const { kind, ...rest } = attachedFile.parse(opened)
  return { kind: fileKinds.find((one) => one === fileKind) ?? kind, ...rest }
}

export const messageFileAt = (id: string): string => `messages.file.${id}`

export const openFile = (
  sealer: Sealer,
  message: { id: string; file: string | null; fileKind: string | null },
): AttachedFile | null => openSealedFile(sealer, messageFileAt(message.id), message)
