import { DomainError } from '#core/errors.ts'
import { stripImageMetadata } from '#features/staff/strip-image-metadata.ts'
import type { ScanType } from '#storage/consents/papers.ts'

/** Bytes: a page as a telephone photographs it. */
export const maxScanBytes = 6 * 1024 * 1024
/** A call of the API has a megabyte at most. */
export const maxScanBytesOfApi = 600_000

/**
 * A scan as it is kept: a PDF as it is, a photo without the place and the device that it names. Throws `invalid-input` for anything
 * else, and for what is too large.
 */
export const readScan = (given: Uint8Array): { type: ScanType; bytes: Uint8Array } => {
  const bytes = Buffer.from(given)
  if (bytes.length <= maxScanBytes) {
    if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return { type: 'pdf', bytes }
    const picture = stripImageMetadata(bytes)
    if (picture) return { type: bytes[0] === 0x89 ? 'png' : 'jpeg', bytes: picture.bytes }
  }
  throw new DomainError('invalid-input', { field: 'scan' })
}

export const scanPlace = (id: string): string => `paper_scans.content.${id}`

export const mediaTypes = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
} as const satisfies Record<ScanType, string>
