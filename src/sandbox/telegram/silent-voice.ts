// A voice message that a player plays: silence in Opus, packed in Ogg as Telegram's are (RFC 3533, RFC 7845).

/** One frame of 20 ms in which nothing is heard. */
const silence = Buffer.from([0xf8, 0xff, 0xfe])
const framesASecond = 50
const samplesAFrame = 960

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let rest = index << 24
  for (let bit = 0; bit < 8; bit += 1) rest = rest < 0 ? (rest << 1) ^ 0x04c11db7 : rest << 1
  return rest
})

const crcOf = (bytes: Uint8Array): number => {
  let crc = 0
  for (const byte of bytes) crc = (crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0)
  return crc >>> 0
}

type OggPage = {
  packets: readonly Buffer[]
  sequence: number
  samples: number
  kind: 'first' | 'within' | 'last'
}

const kinds = { first: 2, within: 0, last: 4 } as const

/** Packets shorter than 255 bytes: each takes one entry of the page's table. */
const oggPage = ({ packets, sequence, samples, kind }: OggPage): Buffer => {
  const head = Buffer.alloc(27 + packets.length)
  head.write('OggS', 0, 'latin1')
  head.writeUInt8(kinds[kind], 5)
  head.writeBigUInt64LE(BigInt(samples), 6)
  head.writeUInt32LE(1, 14)
  head.writeUInt32LE(sequence, 18)
  head.writeUInt8(packets.length, 26)
  for (const [index, { length }] of packets.entries()) head.writeUInt8(length, 27 + index)
  const page = Buffer.concat([head, ...packets])
  page.writeUInt32LE(crcOf(page), 22)
  return page
}

const opusHead = (): Buffer => {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  // Version, channels; the rate that was recorded, at 12.
  head.writeUInt8(1, 8)
  head.writeUInt8(1, 9)
  head.writeUInt32LE(48_000, 12)
  return head
}

const opusTags = (): Buffer => {
  const tags = Buffer.alloc(16)
  tags.write('OpusTags', 0, 'latin1')
  return tags
}

/** An Ogg Opus file of so many seconds. */
export const silentVoice = (seconds: number): Buffer => {
  const pages = Array.from({ length: seconds }, (_, second) =>
    oggPage({
      packets: Array.from({ length: framesASecond }, () => silence),
      sequence: second + 2,
      samples: (second + 1) * framesASecond * samplesAFrame,
      kind: second === seconds - 1 ? 'last' : 'within',
    }),
  )
  return Buffer.concat([
    oggPage({ packets: [opusHead()], sequence: 0, samples: 0, kind: 'first' }),
    oggPage({ packets: [opusTags()], sequence: 1, samples: 0, kind: 'within' }),
    ...pages,
  ])
}
