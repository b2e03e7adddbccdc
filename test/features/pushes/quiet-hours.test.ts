import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noQuietHours, quietHoursEnd, defaultQuietHours } from '#features/pushes/quiet-hours.ts'

/** The time zones of the regions, two neighbouring ones, and two with clock changes. */
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
/** Whole minutes of years with known clock changes. */
const anyMoment = fc
  .integer({ min: Date.UTC(2024, 0, 1) / minute, max: Date.UTC(2030, 0, 1) / minute })
  .map((minutes) => new Date(minutes * minute))
/** Minutes around the clock changes of Berlin and New York. */
const anyChange = fc
  .tuple(
    fc.constantFrom('2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-03-08T07:00Z', '2026-11-01T06:00Z'),
    fc.integer({ min: -300, max: 300 }),
  )
  .map(([at, minutes]) => new Date(Date.parse(at) + minutes * minute))

const isQuietAt = (time: string, from: string, until: string): boolean =>
  from <= until ? time >= from && time < until : time >= from || time < until

describe('quiet hours', () => {
  test.each(zones)('follow the wall clock (%s)', (zone) => {
    fc.assert(
      fc.property(fc.oneof(anyMoment, anyChange), anyTime, anyTime, (at, from, until) => {
        const end = quietHoursEnd(at, { from, until }, zone)
        expect(end !== null).toBe(isQuietAt(clockOf(at, zone), from, until))
      }),
      { numRuns: 500 },
    )
  })

  test.each(zones)('end at the first moment that is not quiet, within a day (%s)', (zone) => {
    fc.assert(
      fc.property(fc.oneof(anyMoment, anyChange), anyTime, anyTime, (at, from, until) => {
        const end = quietHoursEnd(at, { from, until }, zone)
        if (end === null) return
        expect(end.getTime()).toBeGreaterThan(at.getTime())
        expect(end.getTime() - at.getTime()).toBeLessThanOrEqual(25 * hour)
        const before = new Date(end.getTime() - minute)
        expect(isQuietAt(clockOf(before, zone), from, until) || before < at).toBe(true)
        // A skipped hour: the clock then shows a later time than requested.
        const shown = clockOf(end, zone)
        if (shown !== until) expect(quietHoursEnd(end, { from: until, until: shown }, zone)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  test('across midnight end the same morning, from the evening and from the night', () => {
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

  test('that end in a skipped hour end with the clock change', () => {
    const quiet = { from: '22:00', until: '02:30' }
    expect(quietHoursEnd(new Date('2026-03-29T00:30:00Z'), quiet, 'Europe/Berlin')).toEqual(
      new Date('2026-03-29T01:00:00Z'),
    )
    // From the start of the skipped hour: the clock shows 3:00 instead of 2:00.
    const upToIt = { from: '22:00', until: '02:00' }
    expect(quietHoursEnd(new Date('2026-03-08T06:59:00Z'), upToIt, 'America/New_York')).toEqual(
      new Date('2026-03-08T07:00:00Z'),
    )
  })

  test('with equal times are disabled', () => {
    fc.assert(
      fc.property(anyMoment, anyTime, (at, time) => {
        expect(quietHoursEnd(at, { from: time, until: time }, 'Europe/Berlin')).toBeNull()
      }),
    )
    expect(quietHoursEnd(new Date(), noQuietHours, 'Europe/Moscow')).toBeNull()
  })
})
