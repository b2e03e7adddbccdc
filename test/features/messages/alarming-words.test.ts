import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAlarmCheck, normalizeListWord } from '#features/messages/alarming-words.ts'

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
  ])('is found: %s', (text) => expect(judge(text)).toBe(true))

  test.each(['', 'погода', 'убитьё', 'неубить', 'ежи', 'сонный', 'хочу жить', 'не хочу есть и жить', '!!!'])(
    'is not seen where it does not stand: %s',
    (text) => expect(judge(text)).toBe(false),
  )

  test('is none where the list is empty', () => expect(createAlarmCheck([])('убить')).toBe(false))

  test('is kept as it is compared, or not at all', () => {
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

  test('is looked for in anything at all, and nothing throws', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { maxLength: 20 }), (text, words) => {
        expect(typeof createAlarmCheck(list(...words))(text)).toBe('boolean')
      }),
    )
  })

  test('is found wherever it stands between other words', () => {
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

  test('is looked for in a time that grows with the text, whatever it is made of', () => {
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
