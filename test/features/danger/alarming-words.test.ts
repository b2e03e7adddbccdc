import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAlarmCheck, normalizeListWord } from '#features/danger/alarming-words.ts'

const list = (...words: string[]) => words.flatMap((word) => normalizeListWord(word) ?? [])
const judge = createAlarmCheck(list('убить', 'суицид*', 'не хочу жить', 'сон', 'ёж'))

describe('an alarming word', () => {
  test.each([
    'Хочу УБИТЬ',
    'уби\u0301ть',
    'убить!',
    'ударить,убить',
    'yбить',
    'уб\u200Bить',
    'убииииить',
    'у б и т ь',
    'я хочу у.б.и.т.ь',
    'у-б-и-т-ь',
    'суицидальный',
    'Я не  хочу,\nжить',
    'Еж',
    'c0н',
  ])('matches: %s', (text) => expect(judge(text)).toBe(true))

  test.each(['', 'погода', 'убитьё', 'неубить', 'ежи', 'сонный', 'хочу жить', 'не хочу есть и жить', '!!!'])(
    'does not match: %s',
    (text) => expect(judge(text)).toBe(false),
  )

  test('never matches an empty list', () => expect(createAlarmCheck([])('убить')).toBe(false))

  test('is normalised, or refused', () => {
    expect(list('Ёж', ' УБИТЬ* ', 'Само-Убийство', 'не  хочу')).toEqual([
      'еж',
      'убить*',
      'само убийство',
      'не хочу',
    ])
    expect(['', '*', 'а', 'сло*во', 'б2', 'а'.repeat(41), '😀', 'а*'].map(normalizeListWord)).toEqual(
      Array(8).fill(null),
    )
  })

  const anyText = fc.string({ unit: 'binary', maxLength: 300 })

  test('is searched in any text without throwing', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 20 }), (text, words) => {
        expect(typeof createAlarmCheck(list(...words))(text)).toBe('boolean')
      }),
    )
  })

  test('matches at any position in a text', () => {
    const word = fc.stringMatching(/^[а-я]{2,20}$/)
    fc.assert(
      fc.property(word, fc.array(word), fc.array(word), (wanted, before, after) => {
        fc.pre(normalizeListWord(wanted) !== null)
        expect(createAlarmCheck(list(wanted))([...before, wanted.toUpperCase(), ...after].join(' '))).toBe(
          true,
        )
      }),
    )
  })

  test('takes time linear in the length of any text', () => {
    const whole = createAlarmCheck(
      Array.from({ length: 500 }, (_, index) => `слово${'а'.repeat(index % 30)}`),
    )
    for (const piece of ['у ', 'а', 'а.', 'слово', '\u0301', ' \n', 'у б ']) {
      const begun = performance.now()
      whole(piece.repeat(50_000))
      expect(performance.now() - begun, JSON.stringify(piece)).toBeLessThan(5_000)
    }
  })
})
