import { inflateRawSync } from 'node:zlib'

/** A file of an archive, as its directory declares it. */
export type Entry = { name: string; size: number; read: () => Buffer }

/**
 * The files of an archive by its directory (PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16); null if it is none, or is damaged. Nothing
 * is unpacked before it is read, and then no more than was declared.
 */
export const entriesOf = (bytes: Uint8Array): Map<string, Entry> | null => {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = data.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  if (end < 0 || end + 22 > data.length) return null
  const entries = new Map<string, Entry>()
  let at = data.readUInt32LE(end + 16)
  for (let left = data.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > data.length || data.readUInt32BE(at) !== 0x504b0102) return null
    const [method, packed, size] = [
      data.readUInt16LE(at + 10),
      data.readUInt32LE(at + 20),
      data.readUInt32LE(at + 24),
    ]
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => data.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ]
    const name = data.toString('utf8', at + 46, at + 46 + nameLength)
    const local = data.readUInt32LE(at + 42)
    entries.set(name, { name, size, read: () => unpack(data, { local, method, packed, size }) })
    at += 46 + nameLength + extra + comment
  }
  return entries
}

const unpack = (
  data: Buffer,
  { local, method, packed, size }: { local: number; method: number; packed: number; size: number },
): Buffer => {
  const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28)
  const bytes = data.subarray(start, start + packed)
  if (method === 0) return bytes
  if (method !== 8) throw new Error(`unknown compression ${method}`)
  return inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) })
}
