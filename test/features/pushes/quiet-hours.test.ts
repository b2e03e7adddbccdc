import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noQuietHours, quietHoursEnd, defaultQuietHours } from '#features/pushes/quiet-hours.ts'

/** The zones of the regions, the two that the centres border on, and two in which clocks are changed. */
const zones = [
  'Europe/Moscow',
  'Asia/Yekaterinburg',
  'Europe/Simferopol',
  'Europe/Samara',
  'Asia/Vladivostok',
  'Europe/Berlin',
  'America/New_York',
] as const

const minute = 60_000
const hour = 60 * minute
const clockOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)

const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
/** Whole minutes of the years around the changes of clocks that are known. */
const anyMoment = fc
  .integer({ min: Date.UTC(2024, 0, 1) / minute, max: Date.UTC(2030, 0, 1) / minute })
  .map((minutes) => new Date(minutes * minute))
/** Minutes around a change of the clocks in Berlin and New York. */
const anyChange = fc
  .tuple(
    fc.constantFrom('2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'),
    fc.integer({ min: -300, max: 300 }),
  )
  .map(([at, minutes]) => new Date(Date.parse(at) + minutes * minute))

const isQuietAt = (time: string, from: string, until: string): boolean =>
  from <= until ? time >= from && time < until : time >= from || time < until

describe('quiet hours', () => {
  test.each(zones)('are what the clock on the wall shows (%s)', (zone) => {
    fc.assert(
      fc.property(fc.oneof(anyMoment, anyChange), anyTime, anyTime, (at, from, until) => {
        const end = quietHoursEnd(at, { from, until }, zone)
        expect(end !== null).toBe(isQuietAt(clockOf(at, zone), from, until))
      }),
      { numRuns: 500 },
    )
  })

  test.each(zones)('end at the first moment that is not quiet, in a day at the latest (%s)', (zone) => {
    fc.assert(
      fc.property(fc.oneof(anyMoment, anyChange), anyTime, anyTime, (at, from, until) => {
        const end = quietHoursEnd(at, { from, until }, zone)
        if (end === null) return
        expect(end.getTime()).toBeGreaterThan(at.getTime())
        expect(end.getTime() - at.getTime()).toBeLessThanOrEqual(25 * hour)
        const before = new Date(end.getTime() - minute)
        expect(isQuietAt(clockOf(before, zone), from, until) || before < at).toBe(true)
        // An hour that is left out: the clock then shows more than what was wished for.
        const shown = clockOf(end, zone)
        if (shown !== until) expect(quietHoursEnd(end, { from: until, until: shown }, zone)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  test('over midnight, from the evening and from the night, end the same morning', () => {
    const end = new Date('2026-11-26T05:00:00Z')
    for (const at of [
      '2026-11-25T18:00:00Z',
      '2026-11-25T20:59:00Z',
      '2026-11-25T21:01:00Z',
      '2026-11-26T04:59:00Z',
    ])
      expect(quietHoursEnd(new Date(at), defaultQuietHours, 'Europe/Moscow'), at).toEqual(end)
    for (const at of ['2026-11-25T17:59:00Z', '2026-11-26T05:00:00Z'])
      expect(quietHoursEnd(new Date(at), defaultQuietHours, 'Europe/Moscow'), at).toBeNull()
  })

  test('that end in an hour that is left out end with the change of the clocks', () => {
    const quiet = { from: '22:00', until: '02:30' }
    expect(quietHoursEnd(new Date('2026-03-29T00:30:00Z'), quiet, 'Europe/Berlin')).toEqual(
      new Date('2026-03-29T01:00:00Z'),
    )
    // From its very beginning: the clock shows 3:00 at the moment that would have been 2:00.
    const upToIt = { from: '22:00', until: '02:00' }
    expect(quietHoursEnd(new Date('2026-03-08T06:59:00Z'), upToIt, 'America/New_York')).toEqual(
      new Date('2026-03-08T07:00:00Z'),
    )
  })

  test('of the same hour twice are none', () => {
    fc.assert(
      fc.property(anyMoment, anyTime, (at, time) => {
        expect(quietHoursEnd(at, { from: time, until: time }, 'Europe/Berlin')).toBeNull()
      }),
    )
    expect(quietHoursEnd(new Date(), noQuietHours, 'Europe/Moscow')).toBeNull()
  })
})
