import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDoorCode, sealDoorCode } from '#features/visits/visit-content.ts'
import { isGuessable, newDoorCode } from '#features/visits/door-code.ts'
import { createSealer } from '#storage/seal.ts'

const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 7) }])
const id = '018f3a5e-0000-7000-8000-000000000001'

test('an easily guessed code is never used', () => {
  for (const code of ['0000', '9999', '1234', '4321', '7890', '0987', '1212', '1221', '1122', '1987', '2026'])
    expect([code, isGuessable(code)]).toEqual([code, true])
  for (const code of ['4071', '8305', '1357', '0042'])
    expect([code, isGuessable(code)]).toEqual([code, false])
  const left = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0')).filter(
    (one) => !isGuessable(one),
  )
  expect(left.length).toBeGreaterThan(9_000)
})

test('four digits, different from the previous code, and not easily guessed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999 }), (number) => {
      const previous = String(number).padStart(4, '0')
      const code = newDoorCode(previous)
      expect(code).toMatch(/^\d{4}$/)
      expect(code).not.toBe(previous)
      expect(isGuessable(code)).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('a sealed code opens only for its visit and version', () => {
  const doorCode = sealDoorCode(sealer, { id, version: 1 }, '4071')
  expect(openDoorCode(sealer, { id, version: 1, doorCode })).toBe('4071')
  expect(() => openDoorCode(sealer, { id, version: 2, doorCode })).toThrow('sealed for another place')
})
