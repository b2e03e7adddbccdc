import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable } from '#core/printable.ts'

test.each([
  ['Даша', 'Даша'],
  ['Даша 🦄', 'Даша'],
  ['🌸 Маша 🌸', 'Маша'],
  ['Маша ❤', 'Маша ❤'],
  ['👩‍👧‍👦', '•'],
  ['🇷🇺 Анна', 'Анна'],
  ['Ёлка – «дом» № 5', 'Ёлка – «дом» № 5'],
  ['Նարե', 'Նարե'],
  ['李', '?'],
  ['Ира 1️⃣', 'Ира'],
  ['', ''],
])('«%s» is drawn as «%s»', (text, drawn) => {
  expect(printable(text)).toBe(drawn)
})

test('whatever is written, nothing is drawn twice, and something stays', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const drawn = printable(text)
      expect(printable(drawn)).toBe(drawn)
      expect(drawn.trim() === '').toBe(text.trim() === '')
    }),
  )
})
