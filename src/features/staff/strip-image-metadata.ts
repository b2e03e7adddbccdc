import { crc32 } from 'node:zlib'
import { orientationSegment } from './exif-orientation.ts'

/** A picture without metadata such as place, time and device. */
export type StrippedImage = { bytes: Uint8Array; width: number; height: number }

/** Chunks that affect rendering; any other (text, EXIF, time) is dropped. */
const pngLooks = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'bKGD',
])
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Strips metadata from a PNG or a baseline or progressive JPEG; null for any other or damaged file. */
export const stripImageMetadata = (given: Uint8Array): StrippedImage | null => {
  const bytes = Buffer.from(given)
  if (bytes.subarray(0, pngSignature.length).equals(pngSignature)) return cleanPng(bytes)
  return bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 ? cleanJpeg(bytes) : null
}

const cleanPng = (bytes: Buffer): StrippedImage | null => {
  const kept: Uint8Array[] = [pngSignature]
  const seen = new Set<string>()
  for (let at = pngSignature.length; !seen.has('IEND'); ) {
    if (at + 12 > bytes.length) return null
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return null
    const name = bytes.toString('latin1', at + 4, at + 8)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null
    if (seen.size === 0 && (name !== 'IHDR' || end - at !== 25)) return null
    seen.add(name)
    if (pngLooks.has(name)) kept.push(bytes.subarray(at, end))
    at = end
  }
  if (!seen.has('IDAT')) return null
  return { bytes: Buffer.concat(kept), width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

const marker = { end: 0xd9, scan: 0xda, exif: 0xe1, profile: 0xe2 } as const
/** Quantisation and Huffman tables, restarts, scans, JFIF and Adobe headers: they affect rendering. */
const jpegLooks = new Set([0xdb, 0xc4, 0xdd, 0xda, 0xe0, 0xee])
/** Baseline and progressive; viewers do not show the other encodings. */
const frames = new Set([0xc0, 0xc1, 0xc2])

const cleanJpeg = (bytes: Buffer): StrippedImage | null => {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let size: { width: number; height: number } | null = null
  let scanned = false
  for (let at = 2; at + 4 <= bytes.length || bytes[at + 1] === marker.end; ) {
    if (bytes[at] !== 0xff) return null
    const kind = bytes[at + 1] ?? 0
    if (kind === 0xff) {
      // Fill bytes may stand before a marker.
      at += 1
      continue
    }
    if (kind === marker.end) {
      // What follows the end is no part of the picture.
      const ending = Buffer.from([0xff, marker.end])
      return size && scanned ? { bytes: Buffer.concat([...kept, ending]), ...size } : null
    }
    const head = at + 2 + bytes.readUInt16BE(at + 2)
    if (head > bytes.length || head < at + 4) return null
    const segment = bytes.subarray(at, head)
    if (frames.has(kind)) {
      if (size || segment.length < 11) return null
      size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) }
      kept.push(segment)
    } else if (jpegLooks.has(kind) || (kind === marker.profile && isProfile(segment))) {
      kept.push(segment)
    } else if (kind === marker.exif) {
      kept.push(orientationSegment(segment))
    } else if (kind >= 0xc3 && kind <= 0xcf) {
      return null
    }
    at = head
    if (kind === marker.scan) {
      scanned = true
      at = endOfScan(bytes, head)
      kept.push(bytes.subarray(head, at))
    }
  }
  return null
}

const isProfile = (segment: Buffer): boolean => segment.toString('latin1', 4, 15) === 'ICC_PROFILE'

/** The position of the next marker that is not a restart. */
const endOfScan = (bytes: Buffer, from: number): number => {
  let at = from
  for (;;) {
    at = bytes.indexOf(0xff, at)
    if (at === -1) return bytes.length
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at
    at += 2
  }
}
