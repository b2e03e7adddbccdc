import { z } from 'zod'
import type { Sealer } from '#storage/seal.ts'

/** A photo or document as described by the channel, which keeps its bytes. */
export type AttachedFile = {
  kind: 'photo' | 'document'
  /** The channel's handle for sending it again. */
  fileId: string
  name: string | null
  mime: string | null
  /** In bytes; null if unknown. */
  size: number | null
}

/** The limit of Telegram for files that a bot can download. */
export const maxFileBytes = 20 * 1024 * 1024

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Allowed MIME types by file extension. Both must match, because either is easily faked. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  png: ['image/png'],
  webp: ['image/webp'],
  heic: ['image/heic', 'image/heif'],
  heif: ['image/heic', 'image/heif'],
  pdf: ['application/pdf'],
  doc: ['application/msword'],
  docx: [word],
  odt: ['application/vnd.oasis.opendocument.text'],
  rtf: ['application/rtf', 'text/rtf'],
  txt: ['text/plain'],
  xls: ['application/vnd.ms-excel'],
  xlsx: [excel],
}

export type FileRefusal = 'too-large' | 'type'

/** Why a file is refused; null if it is accepted. */
export const fileRefusal = ({ kind, name, mime, size }: AttachedFile): FileRefusal | null => {
  if (kind === 'document') {
    const ending = /\.([a-z0-9]{1,8})$/i.exec(name ?? '')?.[1]?.toLowerCase() ?? ''
    const types = Object.hasOwn(allowed, ending) ? allowed[ending] : undefined
    if (!types?.includes(mime?.toLowerCase() ?? '')) return 'type'
  }
  return (size ?? 0) > maxFileBytes ? 'too-large' : null
}

const kept = z.strictObject({
  kind: z.enum(['photo', 'document']),
  fileId: z.string(),
  name: z.string().nullable(),
  mime: z.string().nullable(),
  size: z.number().nullable(),
})

export const sealFile = (sealer: Sealer, id: string, file: AttachedFile): string =>
  sealer.sealJson(kept.parse(file), `messages.file.${id}`)

export const openFile = (
  sealer: Sealer,
  { id, file }: { id: string; file: string | null },
): AttachedFile | null => (file === null ? null : kept.parse(sealer.openJson(file, `messages.file.${id}`)))
