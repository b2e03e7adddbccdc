import { z } from 'zod'
import type { Sealer } from '#storage/seal.ts'

/** A photo or document that somebody sent, as the channel describes it; its bytes stay with the channel. */
export type AttachedFile = {
  kind: 'photo' | 'document'
  /** By which the channel sends it again. */
  fileId: string
  name: string | null
  mime: string | null
  /** Bytes; null: not told. */
  size: number | null
}

/** Issue 4, 5: twenty megabytes are what a bot can be given. */
export const maxFileBytes = 20 * 1024 * 1024

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** By the name's ending: what the type has to be. Neither says enough alone: either is easily another. */
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

/** Why a file is not taken; null: it is. */
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
