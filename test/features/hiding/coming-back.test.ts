import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isComingBack } from '#features/hiding/coming-back.ts'
import { neutralOf, tellsWhose } from '#features/hiding/neutral-setting.ts'

test.each(['погода', 'Погода!', ' ПОГОДА ', '«погода»', 'погода.'])('«%s» brings a chat back', (text) => {
  expect(isComingBack(text, 'погода')).toBe(true)
})

test.each(['погода сегодня', 'погод', 'непогода', '', '!', '/start', 'привет'])('«%s» does not', (text) => {
  expect(isComingBack(text, 'погода')).toBe(false)
})

test('no text but the word itself does, however it is framed', () => {
  const word = fc.stringMatching(/^[а-яё]{3,30}$/)
  fc.assert(
    fc.property(word, fc.string(), (own, text) => {
      expect(isComingBack(` ${own.toUpperCase()}… `, own)).toBe(true)
      if (/[\p{L}\p{N}]/u.test(text)) expect(isComingBack(`${own} ${text}`, own)).toBe(false)
    }),
  )
})

test('a line that names the centre is refused', () => {
  expect(tellsWhose('Центр «Рядом»', 'Здесь пока ничего нет.')).toBe(false)
  expect(tellsWhose('Центр «Рядом»', 'Вы в центре рядом')).toBe(true)
  expect(tellsWhose(undefined, 'Погода')).toBe(false)
  expect(neutralOf({})).toEqual({})
  expect(neutralOf({ NEUTRAL_LINE: 'Тест' })).toEqual({ neutral: { line: 'Тест' } })
})
