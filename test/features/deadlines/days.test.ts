import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { dayAfter, dayOfMoment, endOf, momentOf } from '#features/deadlines/days.ts'

// Berlin changes its clocks twice a year, and Casey has changed its offset often: days of 23, 25 and 21 hours.
const zone = fc.constantFrom(
  'Europe/Moscow',
  'Asia/Yekaterinburg',
  'Europe/Berlin',
  'Antarctica/Casey',
  'UTC',
)
const moment = fc.integer({ min: Date.UTC(2009, 0), max: Date.UTC(2030, 0) })
const time = fc.constantFrom('00:00', '02:30', '09:00', '18:00', '23:59')

describe('a day that is remembered', () => {
  test('is the day of every moment in it, however often and in whatever order it is asked for', () => {
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1 }), zone, (moments, timeZone) => {
        for (const ms of [...moments, ...moments.toReversed()]) {
          const day = dayOfMoment(ms, timeZone)
          const wanted = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()
          expect(day.toString()).toBe(wanted.toString())
          // To its first and last millisecond.
          const begin = day.toZonedDateTime(timeZone).epochMilliseconds
          const end = day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
          expect(endOf(day, timeZone)).toBe(end)
          expect([begin, end - 1].map((edge) => dayOfMoment(edge, timeZone).toString())).toEqual([
            wanted.toString(),
            wanted.toString(),
          ])
          expect(dayAfter(day).toString()).toBe(wanted.add({ days: 1 }).toString())
        }
      }),
    )
  })

  test('has each wall-clock time at its own moment', () => {
    fc.assert(
      fc.property(moment, zone, fc.array(time), (ms, timeZone, times) => {
        const day = dayOfMoment(ms, timeZone)
        for (const at of times) {
          const plainTime = Temporal.PlainTime.from(at)
          expect(momentOf(day, at, timeZone)).toBe(
            day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds,
          )
        }
      }),
    )
  })
})
