import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { readBirthDate } from '#features/intake/typed/typed-date.ts'

const moscow = 'Europe/Moscow'
const yugra = 'Asia/Yekaterinburg'
const now = new Date('2026-11-22T09:00:00Z')
const read = (text: string, more = {}) => readBirthDate(text, { now, timeZone: moscow, ...more })
const dateOf = (text: string, more = {}) => {
  const found = read(text, more)
  return found.kind === 'ok' ? found.date.toString() : found.kind === 'ask' ? found.dates.map(String) : found
}

describe('a date of birth as people write it', () => {
  it.each([
    ...['12.03.2014', '12/03/2014', '12-3-2014', '2014-03-12', '12 марта 2014', '12 Марта 2014 г.'],
    ...['12.03.2014 года', '12 март 2014', '12 March 2014', ' 12 mar 2014 ', '\u200f12.03.2014\u200e'],
    ...['12. 3. 2014', '12.03.14', '12,3,14', '12 03 2014', '12032014', '12.03.2014г.р.', 'March 12, 2014'],
    ...['двенадцатое марта две тысячи четырнадцатого года', 'родилась 12 марта 2014', '12-го марта 2014'],
    ...['I was born on 12 March 2014', 'the 12th of March 2014', 'the twelfth of March twenty fourteen'],
    ...[
      '12-го марта 2014-го',
      'я родился 12.03.2014',
      'мой др 12.03.2014',
      '12 марта 14',
      '12\u00a0марта\u00a02014',
      '12.03.2014!',
    ],
  ])('reads %j', (text) => {
    expect(dateOf(text)).toBe('2014-03-12')
  })

  it.each([
    ['', 'unreadable'],
    ['<b>12.03.2014</b>', 'unreadable'],
    ['12.03.2014; 13.03.2014', 'unreadable'],
    ['12 мартобря 2014', 'unreadable'],
    ['папа опять пьяный', 'unreadable'],
    ['31.02.2014', 'no-such-date'],
    ['29.02.2015', 'no-such-date'],
    ['тридцать первое апреля 2014', 'no-such-date'],
    ['00.00.0000', 'no-such-date'],
    ['32 марта 2014', 'no-such-date'],
    ['23.11.2026', 'future'],
    ['12.03.9999', 'future'],
    ['21.11.1906', 'too-long-ago'],
    ['12.03.0014', 'too-long-ago'],
  ])('%j: %s', (text, kind) => {
    expect(read(text).kind).toBe(kind)
  })

  it.each([
    ['12.13.2014', ['2014-12-13']],
    ['120314', ['2014-03-12', '2012-03-14']],
    ['12 мрта 2014', ['2014-03-12']],
    ['12 матра 2014', ['2014-03-12']],
    ['13 исполнилось сегодня', ['2013-11-22']],
  ])('asks about %j', (text, dates) => {
    expect(dateOf(text)).toEqual(dates)
  })

  it('asks an English reader which of 03/12 is the month, and nobody else', () => {
    expect(dateOf('03/12/2014', { language: 'en' })).toEqual(['2014-12-03', '2014-03-12'])
    expect(dateOf('12/12/2014', { language: 'en' })).toBe('2014-12-12')
    expect(dateOf('03/12/2014')).toBe('2014-12-03')
  })
})

describe('a part of a date, or an age', () => {
  it.each([
    ['13', { age: 13 }],
    ['мне 13', { age: 13 }],
    ['мне тринадцать лет', { age: 13 }],
    ["I'm thirteen", { age: 13 }],
    ['13 y.o.', { age: 13 }],
    ['почти 14', { age: 13 }],
    ['скоро будет 14', { age: 13 }],
    ['март 2014', { year: 2014, month: 3 }],
    ['в марте 2014', { year: 2014, month: 3 }],
    ['2014', { year: 2014 }],
    ['12 марта', { day: 12, month: 3 }],
    ['в мае', { month: 5 }],
    ['05.2013', { year: 2013, month: 5 }],
  ])('%j', (text, parts) => {
    expect(read(text)).toEqual({ kind: 'part', parts })
  })

  it.each([
    [{ age: 13 }, '5 мая', '2013-05-05'],
    [{}, '5 мая, мне 13', '2013-05-05'],
    [{}, '13, 5 мая', '2013-05-05'],
    // The birthday of this year is still to come.
    [{ age: 13 }, '5 декабря', '2012-12-05'],
    [{ year: 2013 }, '5.05', '2013-05-05'],
    [{ year: 2013, month: 5 }, '5', '2013-05-05'],
    [{ day: 5, month: 5 }, '2013', '2013-05-05'],
    [{ day: 5, month: 5 }, 'мне 13', '2013-05-05'],
  ])('%j and then %j is %s', (known, text, date) => {
    expect(dateOf(text, { known })).toEqual([date])
  })
})

describe('whatever is typed', () => {
  it('accepts today and 120 years ago, by the date in the time zone', () => {
    const evening = new Date('2026-11-22T20:00:00Z')
    expect(read('22.11.2026').kind).toBe('ok')
    expect(read('22.11.1906').kind).toBe('ok')
    expect(read('23.11.2026', { now: evening }).kind).toBe('future')
    expect(read('23.11.2026', { now: evening, timeZone: yugra }).kind).toBe('ok')
  })

  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '1',
          '12',
          '31',
          '30',
          '2014',
          '14',
          '.',
          ',',
          ' ',
          '/',
          'марта',
          'февраля',
          'мая',
          'мне',
          'г.р.',
          'первое',
        ),
        {
          maxLength: 9,
        },
      )
      .map((parts) => parts.join('')),
  )

  it('never throws, and never accepts a day that has not been', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const found = read(text)
        const dates = found.kind === 'ok' ? [found.date] : found.kind === 'ask' ? found.dates : []
        for (const date of dates) {
          expect(Temporal.PlainDate.compare(date, Temporal.PlainDate.from('2026-11-22'))).toBeLessThanOrEqual(
            0,
          )
          expect(
            Temporal.PlainDate.compare(date, Temporal.PlainDate.from('1906-11-22')),
          ).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads every date as it is written in full, in each of the usual ways', () => {
    const born = fc.date({ min: new Date('2008-12-01'), max: now, noInvalidDate: true })
    const months = (language: string, date: Date) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(date)
    fc.assert(
      fc.property(born, fc.constantFrom('.', ',', ' ', '-', '/'), (date, sign) => {
        const iso = date.toISOString().slice(0, 10)
        const [year = '', month = '', day = ''] = iso.split('-')
        const ways = [
          [day, month, year].join(sign),
          [Number(day), Number(month), year].join(sign),
          [day, month, year.slice(2)].join(sign),
          day + month + year,
          months('ru', date),
          months('en-GB', date),
          months('en-US', date),
        ]
        expect(ways.map((text) => dateOf(text))).toEqual(ways.map(() => iso))
      }),
    )
  })
})
