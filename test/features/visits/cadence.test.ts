import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { suggestDates } from '#features/visits/cadence.ts'
import { federalDaysOff } from '#regions/days-off.ts'
import { region, regionCodes } from '#regions/index.ts'
import { supportLevels } from '#storage/families/families.ts'

const moscow = 'Europe/Moscow'
/** The zones of the five regions, and two with clock changes. */
const zones = [moscow, 'Europe/Simferopol', 'Asia/Yekaterinburg', 'Europe/Berlin', 'America/New_York']
const { emergency, crisis, basic, adaptation } = region('stavropol').visitCadence

const datesOf = (
  cadence: { value: Parameters<typeof suggestDates>[0] },
  anchor: string,
  count: number,
  timeZone = moscow,
) => {
  const moment = new Date(anchor)
  const dates = suggestDates(cadence.value, {
    anchor: moment,
    now: moment,
    count,
    calendar: { timeZone, daysOff: federalDaysOff },
  })
  return dates.map((date) => dayAt(date, timeZone).toString())
}

describe('dates by the regulation (Stavropol 6.18)', () => {
  test('adaptation: once a month, on the same weekday', () => {
    expect(adaptation).toMatchObject({
      value: { atLeast: 1, atMost: 1, per: 'month' },
      source: { clause: '6.18' },
    })
    expect(datesOf(adaptation, '2026-11-25T07:00:00Z', 3)).toEqual(['2026-12-23', '2027-01-27', '2027-02-24'])
  })

  test('basic: twice a month, two weeks apart', () => {
    const dates = datesOf(basic, '2026-12-02T07:00:00Z', 4)
    expect(dates).toEqual(['2026-12-16', '2027-01-11', '2027-01-20', '2027-02-03'])
  })

  test('crisis: once a week; a week without working days is skipped', () => {
    const dates = datesOf(crisis, '2026-12-23T07:00:00Z', 3)
    expect(dates).toEqual(['2026-12-30', '2027-01-13', '2027-01-20'])
  })

  test('emergency: three times a week, spread out; a day off is replaced by an adjacent day', () => {
    const dates = datesOf(emergency, '2026-10-30T07:00:00Z', 5)
    // Wednesday, 4 November, is a holiday: both adjacent days are free.
    expect(dates).toEqual(['2026-11-02', '2026-11-03', '2026-11-06', '2026-11-09', '2026-11-11'])
  })

  test('Nyagan has no rule and uses the default', () => {
    for (const level of supportLevels) {
      const own = region('nyagan').visitCadence[level]
      expect(own).toEqual({ value: region('stavropol').visitCadence[level].value, source: 'default' })
    }
  })
})

test('a skipped or repeated hour stays on its day', () => {
  const anchor = new Date('2026-03-15T07:30:00Z')
  const dates = suggestDates(
    { atMost: 1, per: 'week' },
    { anchor, now: anchor, count: 3, calendar: { timeZone: 'Europe/Berlin', daysOff: federalDaysOff } },
  )
  const hours = dates.map((date) =>
    Temporal.Instant.fromEpochMilliseconds(date.getTime())
      .toZonedDateTimeISO('Europe/Berlin')
      .toPlainTime()
      .toString(),
  )
  expect(hours).toEqual(['08:30:00', '08:30:00', '08:30:00'])
})

test('the leap day and the end of the year are ordinary days', () => {
  expect(datesOf(crisis, '2028-02-22T07:00:00Z', 1)).toEqual(['2028-02-29'])
  expect(datesOf(adaptation, '2027-12-28T07:00:00Z', 1)).toEqual(['2028-01-25'])
})

test('never a day off, a duplicate, or more often than the level allows, in any zone', () => {
  const anchors = fc.date({
    min: new Date('2026-01-01T00:00:00Z'),
    max: new Date('2029-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(
      anchors,
      fc.constantFrom(...regionCodes),
      fc.constantFrom(...supportLevels),
      fc.constantFrom(...zones),
      fc.integer({ min: 1, max: 60 }),
      (anchor, code, level, timeZone, count) => {
        const { value } = region(code).visitCadence[level]
        const dates = suggestDates(value, {
          anchor,
          now: anchor,
          count,
          calendar: { timeZone, daysOff: federalDaysOff },
        })
        const days = dates.map((date) => dayAt(date, timeZone))
        const time = (date: Date) =>
          Temporal.Instant.fromEpochMilliseconds(date.getTime()).toZonedDateTimeISO(timeZone).toPlainTime()
        expect(days.filter((day) => !isWorkingDay(day, { daysOff: federalDaysOff }))).toEqual([])
        expect(dates.every((date) => date > anchor)).toBe(true)
        expect(new Set(days.map(String)).size).toBe(dates.length)
        expect(dates).toEqual(dates.toSorted((a, b) => a.getTime() - b.getTime()))
        // A clock change may skip the hour on one day of the year.
        const moved = dates.filter((date) => !time(date).equals(time(anchor)))
        expect(moved.length).toBeLessThanOrEqual(3)
        const span = (day: Temporal.PlainDate) =>
          value.per === 'week'
            ? day.subtract({ days: day.dayOfWeek - 1 }).toString()
            : day.toString().slice(0, 7)
        const counts = [...Map.groupBy(days, span).values()].map(({ length }) => length)
        expect(Math.max(...counts)).toBeLessThanOrEqual(value.atMost)
        expect(dates.length).toBeLessThanOrEqual(count)
      },
    ),
    { numRuns: 300 },
  )
})
