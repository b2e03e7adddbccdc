import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoByText } from '#core/memo.ts'

test('a memo answers as the function does, whatever it is asked in whatever order, and asks it once for the last texts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e')),
      fc.integer({ min: 1, max: 6 }),
      (texts, most) => {
        let asked = 0
        const length = memoByText(most, (text) => {
          asked += 1
          return text === 'b' ? undefined : text.codePointAt(0)
        })
        for (const text of texts) expect(length(text)).toBe(text === 'b' ? undefined : text.codePointAt(0))
        if (new Set(texts).size <= most) expect(asked).toBe(new Set(texts).size)
      },
    ),
  )
})
