import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { ageOn, isOverTen } from '#features/intake/age.ts'

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
