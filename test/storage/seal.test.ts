import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSealer, SealError } from '#storage/seal.ts'

const key = (id: string) => ({ id, key: randomBytes(32) })
const [one, two] = [key('2025'), key('2026')]
const sealer = createSealer([one])
const place = 'requests.contact.42'

describe('a sealed value', () => {
  test('opens again, whatever its content', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => sealer.open(sealer.seal(text, place), place) === text,
      ),
    )
    expect(sealer.openJson(sealer.sealJson({ name: 'Ольга', age: 34 }, place), place)).toEqual({
      name: 'Ольга',
      age: 34,
    })
  })

  test('contains the key id, hides the text, and differs every time', () => {
    const sealed = sealer.seal('+79001112233', place)
    expect(sealed).toMatch(/^v1\.2025\.[A-Za-z0-9_-]+$/)
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain(
      '9001112233',
    )
    expect(sealer.seal('+79001112233', place)).not.toBe(sealed)
  })

  test('does not open in another place', () => {
    const sealed = sealer.seal('secret', place)
    expect(() => sealer.open(sealed, 'requests.contact.43')).toThrow(SealError)
    expect(() => sealer.open(sealed, 'requests.answers.42')).toThrow(SealError)
  })

  test('does not open with a flipped bit or truncated', () => {
    const sealed = sealer.seal('secret', place)
    const [, , body = ''] = sealed.split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => sealer.open(`v1.2025.${changed.toString('base64url')}`, place)).toThrow(SealError)
    }
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => sealer.open(`v1.2025.${bytes.subarray(0, length).toString('base64url')}`, place)).toThrow(
        SealError,
      )
    }
  })

  test.each(['', 'secret', 'v1.2025', 'v2.2025.AAAA', 'v1.2024.AAAA', 'v1.2025.AAAA.AAAA', 'v1..AAAA'])(
    'is not «%s»',
    (value) => {
      expect(() => sealer.open(value, place)).toThrow(SealError)
    },
  )
})

test('after rotation the new key seals and the old one still opens', () => {
  const before = sealer.seal('secret', place)
  const rotated = createSealer([two, one])
  expect(rotated.open(before, place)).toBe('secret')
  const after = rotated.seal('secret', place)
  expect(after).toMatch(/^v1\.2026\./)
  expect(() => sealer.open(after, place)).toThrow('unknown key')
  expect(() => createSealer([{ ...two, id: one.id }]).open(before, place)).toThrow(SealError)
})

test('requires at least one key, each with an id and 32 bytes', () => {
  expect(() => createSealer([])).toThrow(SealError)
  expect(() => createSealer([{ id: 'a.b', key: randomBytes(32) }])).toThrow(SealError)
  expect(() => createSealer([{ id: 'a', key: randomBytes(16) }])).toThrow(SealError)
})

test('derived keys open only what was sealed for the same purpose, and rotate with theirs', () => {
  const sessions = sealer.derive('sessions')
  const sealed = sessions.seal('secret', place)
  expect(createSealer([two, one]).derive('sessions').open(sealed, place)).toBe('secret')
  for (const other of [sealer, sealer.derive('other')])
    expect(() => other.open(sealed, place)).toThrow(SealError)
  expect(() => sessions.open(sealer.seal('secret', place), place)).toThrow(SealError)
})

test('signatures of every key, the first one’s first, differ by purpose', () => {
  const [own = ''] = sealer.signatures('42', 'names')
  expect(own).toMatch(/^[A-Za-z0-9_-]{43}$/)
  const [rotated = '', earlier] = createSealer([two, one]).signatures('42', 'names')
  expect(earlier).toBe(own)
  expect(rotated).toBe(createSealer([two, one]).sign('42', 'names'))
  expect(new Set([own, rotated, sealer.sign('42', 'other'), sealer.sign('43', 'names')]).size).toBe(4)
})
