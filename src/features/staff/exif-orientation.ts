/** The Exif orientation tag. */
const orientationTag = 0x0112
const entryLength = 12

/**
 * Reduces an Exif segment of a JPEG to its orientation, without which photos from phones would appear
 * rotated. Returns an empty buffer if there is none.
 */
export const orientationSegment = (segment: Buffer): Buffer => {
  const side = orientationIn(segment)
  return side === null ? Buffer.alloc(0) : segmentOf(side)
}

/** 1–8; null if missing or unreadable. */
const orientationIn = (segment: Buffer): number | null => {
  if (segment.toString('latin1', 4, 10) !== 'Exif\0\0') return null
  const tiff = segment.subarray(10)
  if (tiff.length < 10) return null
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (first + 2 > tiff.length) return null
  const count = short(first)
  for (let index = 0; index < count; index += 1) {
    const entry = first + 2 + index * entryLength
    if (entry + entryLength > tiff.length) return null
    if (short(entry) !== orientationTag) continue
    const side = short(entry + 8)
    return side >= 1 && side <= 8 ? side : null
  }
  return null
}

/** Exif with that one tag: a SHORT, count 1, in a directory of its own. */
const segmentOf = (side: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xe1, 0x00, 0x22]),
    Buffer.from('Exif\0\0MM\0*', 'latin1'),
    Buffer.from([0, 0, 0, 8, 0, 1]),
    Buffer.from([orientationTag >> 8, orientationTag & 0xff, 0, 3, 0, 0, 0, 1, 0, side, 0, 0]),
    Buffer.from([0, 0, 0, 0]),
  ])
