import type { AttachedFile } from './message-files.ts'

/** The limit of Telegram for files that a bot can download. */
export const maxFileBytes = 20 * 1024 * 1024

const zipped = ['application/zip', 'application/x-zip-compressed']
const office = 'application/vnd.openxmlformats-officedocument'

/** MIME types by file extension, as apps name them. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  jpg: ['image/jpeg', 'image/jpg'],
  jpeg: ['image/jpeg', 'image/jpg'],
  png: ['image/png'],
  gif: ['image/gif'],
  webp: ['image/webp'],
  heic: ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
  heif: ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
  pdf: ['application/pdf', 'application/x-pdf'],
  doc: ['application/msword'],
  docx: [`${office}.wordprocessingml.document`, ...zipped],
  odt: ['application/vnd.oasis.opendocument.text', ...zipped],
  rtf: ['application/rtf', 'text/rtf', 'application/msword'],
  txt: ['text/plain'],
  xls: ['application/vnd.ms-excel'],
  xlsx: [`${office}.spreadsheetml.sheet`, ...zipped],
  mp3: ['audio/mpeg', 'audio/mp3'],
  m4a: ['audio/mp4', 'audio/x-m4a', 'audio/m4a', 'audio/aac'],
  ogg: ['audio/ogg', 'application/ogg'],
  oga: ['audio/ogg', 'application/ogg'],
  opus: ['audio/ogg', 'audio/opus'],
  amr: ['audio/amr', 'audio/3gpp'],
  wav: ['audio/wav', 'audio/x-wav', 'audio/vnd.wave'],
  mp4: ['video/mp4'],
  mov: ['video/quicktime'],
  '3gp': ['video/3gpp', 'audio/3gpp'],
}

/** Types that say nothing: an app that does not know sends one of these, or none. */
const unknown = ['', 'application/octet-stream', 'binary/octet-stream', 'application/x-download']

/** A type that names its content by itself, for a file without a name. A zip is not one: anything may be in it. */
const telling = new Set(
  Object.values(allowed)
    .flat()
    .filter((mime) => !zipped.includes(mime)),
)

export type FileRefusal = 'too-large' | 'type'

export const extensionOf = (name: string | null): string | null =>
  /\.([^.\s]{1,30})$/.exec(name ?? '')?.[1]?.toLowerCase() ?? null

/**
 * Why a file is refused; null if it is accepted. Name and type must not contradict each other, and one of them must say
 * what it is. The app never fetches a file, so its first bytes are what Telegram's kind tells: a photo, voice or video
 * was recognised by Telegram itself.
 */
export const fileRefusal = ({
  kind,
  name,
  mime,
  size,
}: Pick<AttachedFile, 'kind' | 'name' | 'mime' | 'size'>): FileRefusal | null => {
  if (kind === 'document' && !isAllowed(extensionOf(name), mime?.split(';')[0]?.trim().toLowerCase() ?? ''))
    return 'type'
  return (size ?? 0) > maxFileBytes ? 'too-large' : null
}

const isAllowed = (extension: string | null, mime: string): boolean => {
  if (extension === null) return telling.has(mime)
  const types = Object.hasOwn(allowed, extension) ? allowed[extension] : undefined
  return types !== undefined && (types.includes(mime) || unknown.includes(mime))
}
