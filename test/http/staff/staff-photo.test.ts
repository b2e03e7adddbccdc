import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import { stripImageMetadata } from '#features/staff/strip-image-metadata.ts'
import { photoOf } from '#storage/staff/staff-photos.ts'
import { keyOf } from '#test/support/api.ts'
import { jpegOf, jpegSegment, pngChunk, pngOf } from '#test/support/pictures.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

const missing = '018f3a5e-0000-7000-8000-0000000000ff'
/** Metadata of a phone: place and device. */
const secret = 'GPS 45.0428,41.9734 Redmi'
const tiff = Buffer.concat([
  Buffer.from('Exif\0\0II*\0', 'latin1'),
  Buffer.from([8, 0, 0, 0, 2, 0]),
  Buffer.from([0x0f, 0x01, 2, 0, secret.length, 0, 0, 0, 38, 0, 0, 0]),
  Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]),
  Buffer.from([0, 0, 0, 0]),
  Buffer.from(secret, 'latin1'),
])

test('a photo is stored without metadata, replaces the previous one, and can be deleted', async () => {
  const world = await openWorld()
  await world.staff('Ирина', ['leninsky'], 'curator')
  const id = await staffIdOf(world, 'Ирина')
  const key = await keyOf(world)
  const path = `/staff/${id}/photo`
  const put = (image: Buffer) => key.call('PUT', path, { body: { image: image.toString('base64') } })
  const kept = async () => Buffer.from((await photoOf(world.database, id))?.bytes ?? [])

  const text = pngChunk('tEXt', Buffer.from(`Comment\0${secret}`, 'latin1'), crc32)
  const png = pngOf(300, 200)
  const [head, rest] = [png.subarray(0, 33), png.subarray(33)]
  const first = await put(Buffer.concat([head, text, rest, Buffer.from(secret)]))
  expect(first).toMatchObject({ status: 200, body: { width: 300, height: 200, bytes: png.length } })
  expect((await kept()).equals(png)).toBe(true)
  expect(PNG.sync.read(await kept())).toMatchObject({ width: 300, height: 200 })
  expect(await photoOf(world.database, id)).toMatchObject({ hash: (first.body as { hash: string }).hash })

  const comment = jpegSegment(0xfe, Buffer.from(secret))
  const profile = jpegSegment(0xe2, Buffer.from('ICC_PROFILE\0 colours'))
  const made = jpegOf(480, 640, [
    jpegSegment(0xe1, tiff),
    comment,
    profile,
    jpegSegment(0xed, Buffer.from(secret)),
  ])
  expect(await put(Buffer.concat([made, Buffer.from(secret)]))).toMatchObject({
    status: 200,
    body: { width: 480, height: 640 },
  })
  const jpeg = await kept()
  expect(jpeg.includes(secret)).toBe(false)
  expect(jpeg.includes('ICC_PROFILE')).toBe(true)
  // Only the orientation is kept: a directory of one entry.
  const upright = Buffer.from(
    'ffe100224578696600004d4d002a00000008000101120003000000010006000000000000',
    'hex',
  )
  expect(jpeg.equals(jpegOf(480, 640, [upright, profile]))).toBe(true)

  expect(await key.delete(path)).toMatchObject({ status: 204 })
  expect(await photoOf(world.database, id)).toBeNull()
  expect(await key.delete(path)).toMatchObject({ status: 204 })
  expect(
    await world.database.prisma.auditEntry.count({ where: { action: 'staff.changed', subjectId: id } }),
  ).toBe(3)
})

test('an invalid picture is rejected with its field, and nothing is stored', async () => {
  const world = await openWorld()
  await world.staff('Ирина', ['leninsky'], 'curator')
  const id = await staffIdOf(world, 'Ирина')
  const key = await keyOf(world)
  const good = jpegOf(200, 200)
  const png = pngOf(200, 200)
  const broken = Buffer.from(png)
  broken[40] = (broken[40] ?? 0) ^ 0xff
  const big = Buffer.concat([
    png.subarray(0, 33),
    pngChunk('tEXt', randomBytes(500_000), crc32),
    png.subarray(33),
  ])
  const refused: Record<string, Buffer> = {
    'nothing of a picture': Buffer.from('<svg onload="alert(1)"/>'),
    'a GIF': Buffer.from('GIF89a'),
    'a head alone': good.subarray(0, 4),
    'a JPEG without its end': good.subarray(0, -2),
    'a JPEG without its picture': Buffer.concat([good.subarray(0, 90), Buffer.from([0xff, 0xd9])]),
    'a lossless JPEG': jpegOf(200, 200, [], 0xc3),
    'a PNG cut short': png.subarray(0, -5),
    'a damaged PNG': broken,
    'too small': pngOf(99, 200),
    'too large': jpegOf(200, 2001),
    'more than 500,000 bytes': big,
  }
  for (const [name, image] of Object.entries(refused)) {
    const told = await key.call('PUT', `/staff/${id}/photo`, { body: { image: image.toString('base64') } })
    expect([name, told.status], name).toEqual([name, 422])
    expect(told.body, name).toMatchObject({ errors: [{ pointer: '#/image' }] })
  }
  const noBase64 = await key.call('PUT', `/staff/${id}/photo`, { body: { image: 'не картинка' } })
  expect(noBase64).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/image' }] } })
  expect(await photoOf(world.database, id)).toBeNull()
  // Arbitrary bytes are rejected and never crash the parser.
  for (let turn = 0; turn < 2000; turn += 1) {
    const start = turn % 2 ? good.subarray(0, 2) : png.subarray(0, 33)
    expect(stripImageMetadata(Buffer.concat([start, randomBytes(1 + (turn % 300))]))).toBeNull()
  }
  const body = { image: good.toString('base64') }
  expect(await key.call('PUT', `/staff/${missing}/photo`, { body })).toMatchObject({ status: 404 })
  const reader = await keyOf(world, { scopes: ['staff:read'] })
  expect(await reader.call('PUT', `/staff/${id}/photo`, { body })).toMatchObject({ status: 403 })
})
