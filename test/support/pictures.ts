import { PNG } from 'pngjs'

/** Generates a PNG of one colour. */
export const pngOf = (width: number, height: number): Buffer => {
  const png = new PNG({ width, height })
  png.data.fill(200)
  return PNG.sync.write(png)
}

/** Builds a PNG chunk; `sum` computes its checksum from name and data. */
export const pngChunk = (name: string, data: Buffer, sum: (bytes: Buffer) => number): Buffer => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  crc.writeUInt32BE(sum(named))
  return Buffer.concat([length, named, crc])
}

export const jpegSegment = (kind: number, data: Buffer | number[]): Buffer => {
  const head = Buffer.from([0xff, kind, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, Buffer.from(data)])
}

/** Generates a grey JPEG: two bits repeat each 8 × 8 block. `more` is inserted after the start marker. */
export const jpegOf = (width: number, height: number, more: readonly Buffer[] = [], frame = 0xc0): Buffer => {
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8)
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  const oneCode = [1, ...Array<number>(15).fill(0), 0]
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...more,
    jpegSegment(0xdb, [0, ...Array<number>(64).fill(1)]),
    jpegSegment(frame, [8, ...size, 1, 1, 0x11, 0]),
    jpegSegment(0xc4, [0x00, ...oneCode]),
    jpegSegment(0xc4, [0x10, ...oneCode]),
    jpegSegment(0xda, [1, 1, 0, 0, 63, 0]),
    Buffer.alloc(Math.ceil(blocks / 4)),
    Buffer.from([0xff, 0xd9]),
  ])
}
