import { expect, test } from 'vitest'
import { nameWords, numberToFind, phoneDigits } from '#features/worklist/search-terms.ts'

test.each([
  ['8 (900) 111-22-33', '79001112233'],
  ['+7 900 111 22 33', '79001112233'],
  ['900 111 22 33', '79001112233'],
  ['+998 90 123 45 67', '998901234567'],
  ['112', null],
  ['Ольга 9001112233', null],
])('a phone %s', (text, digits) => {
  expect(phoneDigits(text)).toBe(digits)
})

test.each([
  ['Ольга Пётровна', ['ольга', 'петровна']],
  ['  АННА-Мария ', ['анна', 'мария']],
  ['О.', []],
])('a name %s', (text, words) => {
  expect(nameWords(text)).toEqual(words)
})

test.each([
  ['2026-000123', { requests: ['2026-000123'], family: null }],
  ['2026-123', { requests: ['2026-000123'], family: null }],
  ['№ 40', { requests: ['2026-000040', '2025-000040'], family: 40 }],
  ['79001112233', null],
  ['Ольга', null],
])('a number %s', (text, found) => {
  expect(numberToFind(text, 2026)).toEqual(found)
})
