import fc from 'fast-check'
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { describe, expect, it } from 'vitest'
import { readName } from '#features/intake/typed/typed-name.ts'
import { readPhone } from '#features/intake/typed/typed-phone.ts'
import { hoursOf, readTimes } from '#features/intake/typed/typed-times.ts'

describe('a phone', () => {
  it.each([
    'восемь девятьсот двадцать восемь сто двадцать три сорок пять шестьдесят семь',
    'т. 8 928 123-45-67',
    '9 2 8 1 2 3 4 5 6 7',
    '+7(928)123.45.67',
    '7 928 123 45 67',
    '0079281234567',
  ])('%s', (text) => {
    expect(readPhone(text)).toMatchObject({ kind: 'ok', phone: '+79281234567' })
  })

  it.each([
    ['нет телефона', 'none'],
    ['только в телеграмме', 'none'],
    ['не надо звонить', 'none'],
    ['тот же', 'own'],
    ['928 123 45 6', 'short'],
    ['112', 'unreadable'],
    ['+7 928 123 45 67 89', 'unreadable'],
    ['050 123 45 67', 'ask'],
    ['мама 89281234567 папа 89187654321', 'ask'],
  ])('%s: %s', (text, kind) => {
    expect(readPhone(text).kind).toBe(kind)
  })

  it('never throws, and takes valid numbers only', () => {
    const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+8790 ()-]{5,20}$/))
    fc.assert(
      fc.property(typed, (text) => {
        const found = readPhone(text, '8652')
        const phones = found.kind === 'ok' ? [found.phone] : found.kind === 'ask' ? found.phones : []
        for (const phone of phones) expect(parsePhoneNumberFromString(phone)?.isValid()).toBe(true)
      }),
    )
  })
})

describe('hours', () => {
  it.each([
    ['в понедельник после 6', [1], 18, null],
    ['on Monday after 6', [1], 18, null],
    ['по будням с 10 до 17', [1, 2, 3, 4, 5], 10, 17],
    ['пн-пт с 9 до 6', [1, 2, 3, 4, 5], 9, 18],
    ['не раньше 10', null, 10, null],
    ['не позже 5', null, null, 17],
    ['weekdays after 5pm', [1, 2, 3, 4, 5], 17, null],
    ['в три', null, 15, null],
  ])('%s', (text, weekdays, from, until) => {
    const hours = (value: number | null) => (value === null ? null : value * 60)
    expect(readTimes(text)).toMatchObject({
      weekdays,
      spans: [{ from: hours(from), until: hours(until) }],
      said: false,
    })
  })

  it.each([
    ['утром или вечером с 3 до 6', ['evening']],
    ['утром или днём', ['morning', 'day']],
    ['в любое время', ['any']],
    ['после шести', []],
    ['спасибо', []],
  ])('«%s» ticks %j', (text, ticks) => {
    expect(hoursOf(readTimes(text))).toEqual(ticks)
  })

  it('never throws, and never leaves the day', () => {
    const words = [
      'после',
      'до',
      'с',
      '6',
      '18',
      '25',
      '9:30',
      'пн',
      'кроме',
      'вечером',
      'полпятого',
      'мужа нет',
    ]
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(typed, (text) => {
        for (const { from, until } of readTimes(text).spans)
          for (const minutes of [from, until])
            if (minutes !== null) {
              expect(minutes).toBeGreaterThanOrEqual(0)
              expect(minutes).toBeLessThanOrEqual(24 * 60)
            }
      }),
    )
  })
})

describe('a name', () => {
  it.each([
    ['меня зовут Лена', 'Лена'],
    ['Я - Оля', 'Оля'],
    ['просто Лена.', 'Лена'],
    ['My name is Ann', 'Ann'],
    ['Яна', 'Яна'],
    ['мама Димы', 'мама Димы'],
    ['я мама двоих детей и мне страшно', 'я мама двоих детей и мне страшно'],
    ['без имени', null],
    ['не скажу', null],
  ])('%s', (text, name) => {
    expect(readName(text)).toBe(name)
  })
})
