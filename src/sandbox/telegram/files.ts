import { randomBytes } from 'node:crypto'
import { isUpload, type Upload } from './description.ts'
import { ApiError, badRequest } from './errors.ts'
import type { World } from './state.ts'
import type { Content, Document, PhotoSize, RecordingKind, StoredFile } from './types.ts'

const megabyte = 1024 * 1024
export const fileLimits = { upload: 50 * megabyte, photo: 10 * megabyte, download: 20 * megabyte }

const mimes: Record<string, string> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  ics: 'text/calendar',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

type NewFile = { kind: StoredFile['kind']; name: string; bytes: Uint8Array; mime?: string }

/** Stores the bytes; the type follows from the file extension, as in Telegram. */
export const keepFile = (world: World, { kind, name, bytes, mime }: NewFile): StoredFile => {
  world.counters.file += 1
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? (kind === 'photo' ? 'jpg' : 'dat')
  const size = kind === 'photo' ? imageSize(bytes) : undefined
  if (kind === 'photo' && !size) throw badRequest('IMAGE_PROCESS_FAILED')
  const file: StoredFile = {
    id: `${kind.slice(0, 2).toUpperCase()}${randomBytes(24).toString('base64url')}`,
    uniqueId: randomBytes(9).toString('base64url'),
    kind,
    path: `${kind}s/file_${world.counters.file}.${ending}`,
    name,
    mime: mimes[ending] ?? mime ?? 'application/octet-stream',
    bytes,
    ...size,
  }
  world.files.set(file.id, file)
  world.touch(`file:${file.id}`)
  world.touch('bot')
  return file
}

/**
 * The file of a `document` or `photo` parameter: an upload, or the id of a known file.
 * @throws ApiError 400 for a web address (not emulated), an unknown id, an id of another kind; 413
 */
export const givenFile = (world: World, kind: StoredFile['kind'], given: string | Upload): StoredFile => {
  if (isUpload(given)) {
    const { name, mime, bytes } = given.upload
    if (bytes.length === 0) throw badRequest('file must be non-empty')
    if (bytes.length > fileLimits.upload) throw new ApiError(413, 'Request Entity Too Large')
    if (kind === 'photo' && bytes.length > fileLimits.photo) throw badRequest('PHOTO_INVALID_DIMENSIONS')
    return keepFile(world, { kind, name, mime, bytes })
  }
  const file = world.files.get(given)
  if (!file) throw badRequest('wrong file identifier/HTTP URL specified')
  if (file.kind !== kind) throw badRequest(`can't use file of type ${title(file.kind)} as ${title(kind)}`)
  return file
}

const title = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1)

export const asDocument = (file: StoredFile): Document => ({
  file_id: file.id,
  file_unique_id: file.uniqueId,
  file_name: file.name,
  mime_type: file.mime,
  file_size: file.bytes.length,
})

export const asPhoto = (file: StoredFile): PhotoSize[] => [
  {
    file_id: file.id,
    file_unique_id: file.uniqueId,
    width: file.width ?? 1,
    height: file.height ?? 1,
    file_size: file.bytes.length,
  },
]

/** A recording as Telegram describes it; a video without a size of its own is a small square. */
export const asRecording = (
  kind: RecordingKind | 'voice',
  { id, uniqueId, mime, bytes }: StoredFile,
  duration = 3,
): Content => {
  const common = { file_id: id, file_unique_id: uniqueId, duration, file_size: bytes.length }
  if (kind === 'video_note') return { video_note: { ...common, length: 240 } }
  const described = { ...common, mime_type: mime }
  return kind === 'voice' || kind === 'audio'
    ? { [kind]: described }
    : { [kind]: { ...described, width: 240, height: 240 } }
}

/** Reads width and height from the header of a PNG, GIF, JPEG or WebP; undefined for anything else. */
const imageSize = (bytes: Uint8Array): { width: number; height: number } | undefined => {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (data.length < 24) return undefined
  if (data.readUInt32BE(0) === 0x89504e47) {
    return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) }
  }
  if (data.toString('latin1', 0, 3) === 'GIF') {
    return { width: data.readUInt16LE(6), height: data.readUInt16LE(8) }
  }
  if (data.toString('latin1', 8, 12) === 'WEBP') return webpSize(data)
  return data.readUInt16BE(0) === 0xffd8 ? jpegSize(data) : undefined
}

const webpSize = (data: Buffer) => {
  if (data.length < 30) return undefined
  const kind = data.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ')
    return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff }
  const bits = data.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
}

const jpegSize = (data: Buffer) => {
  let at = 2
  while (at + 9 < data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) }
    }
    at += 2 + data.readUInt16BE(at + 2)
  }
  return undefined
}
