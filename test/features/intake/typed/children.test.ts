import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readChildren } from '#features/intake/typed/typed-children.ts'

const now = new Date('2026-11-29T09:00:00Z')
const read = (text: string, at = now) => readChildren(text, { now: at, timeZone: 'Europe/Moscow' })
const asked = (text: string) => {
  const found = read(text)
  return found.kind === 'ask' ? found.readings.map(({ years }) => years) : found.kind
}

describe('children as a parent writes of them', () => {
  it.each([
    ['2015 и 2019 г.р.', [2015, 2019]],
    ['born in 2019', [2019]],
    ['2014, 2018', [2014, 2018]],
    ['2014 и 2018 г.', [2014, 2018]],
    ['2015 года рождения', [2015]],
    ['сын 12.03.2014, дочь 01.05.2019', [2014, 2019]],
    ['5 мая 2013', [2013]],
    ['два ребёнка: 2014 и 2018', [2014, 2018]],
    ['трое, 2014 2016 2018', [2014, 2016, 2018]],
    ['две тысячи четырнадцатый и две тысячи восемнадцатый', [2014, 2018]],
  ])('%j is certain', (text, years) => {
    expect(read(text)).toMatchObject({ kind: 'ok', years })
  })

  it.each([
    ['двое, 7 и 11 лет', [[2019, 2015]]],
    ['пять и восемь', [[2021, 2018]]],
    ['5 лет', [[2021]]],
    ['сыну 14, дочке 17', [[2012, 2009]]],
    ['одному 3, другому 5', [[2023, 2021]]],
    ['первому семь, второму полтора', [[2019, 2025]]],
    ['14 лет и 17', [[2012, 2009]]],
    ['два сына 5 и 7 лет', [[2021, 2019]]],
    ['two kids, 5 and 8', [[2021, 2018]]],
    ['a girl of six', [[2020]]],
    ['7-летний сын', [[2019]]],
    ['05 и 08 г.р.', [[2005, 2008]]],
    ['15-го и 17-го года', [[2015, 2017]]],
    ['twins, born 2019', [[2019, 2019]]],
    ['тройняшки, 4 года', [[2022, 2022, 2022]]],
    ['Ваня 2014, Маша 2018', [[2014, 2018]]],
    [
      '12, 15',
      [
        [2014, 2011],
        [2012, 2015],
      ],
    ],
    ['два, 5 и 8', [[2021, 2018]]],
    ['two, 5 and 8', [[2021, 2018]]],
    ['одна дочь, 4', [[2022]]],
    ['2 мальчика 4 и 6', [[2022, 2020]]],
    ['2,5 года', [[2024]]],
    ['по 5 лет обоим', [[2021, 2021]]],
    ['беременна', [[]]],
    ['жду ребёнка', [[]]],
  ])('%j is asked about', (text, years) => {
    expect(asked(text)).toEqual(years)
  })

  it.each([
    ['двое', 'ages-missing'],
    ['один', 'ages-missing'],
    ['двое, 5', 'ages-missing'],
    ['трое детей', 'ages-missing'],
    ['помогите', 'unreadable'],
    ['1e3', 'unreadable'],
    ['2014.5', 'unreadable'],
    ['٢٠١٤', 'unreadable'],
    ['9'.repeat(400), 'unreadable'],
    ['2027', 'out-of-range'],
    ['1900', 'out-of-range'],
    ['45 лет', 'out-of-range'],
    [Array.from({ length: 21 }, () => '2014').join(' '), 'too-many'],
  ])('%j: %s', (text, kind) => {
    expect(read(text).kind).toBe(kind)
  })

  it('takes the year with more days of the two that an age allows', () => {
    const years = (at: string) => {
      const found = read('5 лет', new Date(at))
      return found.kind === 'ask' && found.readings[0]?.years
    }
    expect(years('2026-02-01T09:00:00Z')).toEqual([2020])
    expect(years('2026-11-29T09:00:00Z')).toEqual([2021])
  })

  it('keeps what else was said of the family', () => {
    expect(read('трое своих и племяшка под опекой').said).toBe(true)
    expect(read('беременна 30 нед, есть ещё двое').said).toBe(true)
    expect(read('двое, 5 и 8 лет').said).toBe(false)
  })
})

describe('whatever is typed', () => {
  const words = [
    'двое',
    'и',
    ',',
    '5',
    '14',
    '2014',
    '1900',
    'лет',
    'г.р.',
    'мес',
    'года',
    'сыну',
    'двойня',
    'почти',
    'класс',
    'один',
    ' ',
  ]
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...words), { maxLength: 10 }).map((parts) => parts.join(' ')),
  )

  it('never throws, never takes an impossible year, and is certain of written years only', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const found = read(text)
        const readings =
          found.kind === 'ok'
            ? [found.years]
            : found.kind === 'ask'
              ? found.readings.map(({ years }) => years)
              : []
        for (const year of readings.flat()) {
          expect(year).toBeLessThanOrEqual(2026)
          expect(year).toBeGreaterThanOrEqual(2003)
        }
        if (found.kind === 'ok') for (const year of found.years) expect(text).toContain(String(year))
      }),
      { numRuns: 2_000 },
    )
  })

  it('finds every age of a list', () => {
    const ages = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(ages, fc.constantFrom(', ', ' и ', ' ', '; '), (list, sign) => {
        expect(asked(list.join(sign))).toEqual([list.map((age) => 2026 - age)])
      }),
    )
  })
})
