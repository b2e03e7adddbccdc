import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { ageOn, isOverTen, parseBirthDate } from '#features/intake/age.ts'

const moscow = 'Europe/Moscow'
const yugra = 'Asia/Yekaterinburg'
const now = new Date('2026-11-22T09:00:00Z')

describe('over ten: from the day after the tenth birthday', () => {
  it.each([
    ['2016-11-21', '2026-11-21T09:00:00Z', moscow, false],
    ['2016-11-21', '2026-11-21T20:59:59.999Z', moscow, false],
    ['2016-11-21', '2026-11-21T21:00:00Z', moscow, true],
    ['2016-11-21', '2026-11-21T18:59:59.999Z', yugra, false],
    ['2016-11-21', '2026-11-21T19:00:00Z', yugra, true],
    ['2016-11-21', '2026-11-22T09:00:00Z', moscow, true],
    ['2016-11-22', '2026-11-22T09:00:00Z', moscow, false],
    // Born on 29 February: in a common year the birthday is the 28th.
    ['2016-02-29', '2026-02-28T12:00:00Z', moscow, false],
    ['2016-02-29', '2026-03-01T00:00:00Z', moscow, true],
    ['2012-02-29', '2026-11-22T09:00:00Z', moscow, true],
  ])('born %s, at %s in %s: %s', (born, at, zone, expected) => {
    expect(isOverTen(born, new Date(at), zone)).toBe(expected)
    expect(isOverTen(Temporal.PlainDate.from(born), new Date(at), zone)).toBe(expected)
  })
})

describe('age', () => {
  it.each([
    ['2016-11-22', 10],
    ['2016-11-23', 9],
    ['2008-11-22', 18],
    ['2008-11-23', 17],
    ['2026-11-22', 0],
    ['2027-01-01', -1],
  ])('born %s: %i today', (born, expected) => {
    expect(ageOn(born, now, moscow)).toBe(expected)
  })

  it.each([
    ['2026-02-27T12:00:00Z', 13],
    ['2026-02-28T12:00:00Z', 14],
    ['2028-02-28T12:00:00Z', 15],
    ['2028-02-29T12:00:00Z', 16],
  ])('born on 29 February 2012, at %s: %i', (at, expected) => {
    expect(ageOn('2012-02-29', new Date(at), moscow)).toBe(expected)
  })

  it('over ten implies ten, and eleven implies over ten', () => {
    const birth = fc.date({ min: new Date('2000-01-01'), max: now, noInvalidDate: true })
    fc.assert(
      fc.property(birth, fc.constantFrom(moscow, yugra), (date, zone) => {
        const born = date.toISOString().slice(0, 10)
        const age = ageOn(born, now, zone)
        if (isOverTen(born, now, zone)) expect(age).toBeGreaterThanOrEqual(10)
        if (age >= 11) expect(isOverTen(born, now, zone)).toBe(true)
      }),
    )
  })
})

describe('a date of birth as people write it', () => {
  it.each([
    '12.03.2014',
    '12/03/2014',
    '12-3-2014',
    '2014-03-12',
    '12 марта 2014',
    '12 Марта 2014 г.',
    '12.03.2014 года',
    '12 март 2014',
    '12 March 2014',
    ' 12 mar 2014 ',
    '\u200f12.03.2014\u200e',
    '12. 3. 2014',
  ])('reads %j', (text) => {
    const read = parseBirthDate(text, now, moscow)
    expect(read.kind === 'ok' && read.date.toString()).toBe('2014-03-12')
  })

  it.each([
    ['', 'unreadable'],
    ['мне 12', 'unreadable'],
    ['12', 'unreadable'],
    ['12.03.14', 'unreadable'],
    ['12 мартобря 2014', 'unreadable'],
    ['<b>12.03.2014</b>', 'unreadable'],
    ['12.03.2014; 13.03.2014', 'unreadable'],
    ['31.02.2014', 'no-such-date'],
    ['29.02.2015', 'no-such-date'],
    ['12.13.2014', 'no-such-date'],
    ['00.00.0000', 'no-such-date'],
    ['32 марта 2014', 'no-such-date'],
    ['23.11.2026', 'future'],
    ['12.03.9999', 'future'],
    ['21.11.1906', 'too-long-ago'],
    ['12.03.0014', 'too-long-ago'],
  ])('%j: %s', (text, kind) => {
    expect(parseBirthDate(text, now, moscow).kind).toBe(kind)
  })

  it('accepts today and 120 years ago, by the date in the time zone', () => {
    const evening = new Date('2026-11-22T20:00:00Z')
    expect(parseBirthDate('22.11.2026', now, moscow).kind).toBe('ok')
    expect(parseBirthDate('22.11.1906', now, moscow).kind).toBe('ok')
    expect(parseBirthDate('23.11.2026', evening, moscow).kind).toBe('future')
    expect(parseBirthDate('23.11.2026', evening, yugra).kind).toBe('ok')
  })

  it('never throws, and parses what it formats', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseBirthDate(text, now, moscow)))
    const written = fc.date({ min: new Date('1950-01-01'), max: now, noInvalidDate: true })
    fc.assert(
      fc.property(written, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [year, month, day] = iso.split('-')
        const read = parseBirthDate(`${day}.${month}.${year}`, now, moscow)
        expect(read.kind === 'ok' && read.date.toString()).toBe(iso)
      }),
    )
  })
})
