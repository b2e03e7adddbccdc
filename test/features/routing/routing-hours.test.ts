import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { addWorkingMinutes } from '#features/deadlines/working-time.ts'
import { dutyEnd, intervalsOf, nextDutyStart, onDuty, overlappingDay } from '#features/routing/duty-hours.ts'
import { dutyHoursLines, readDutyHours } from '#features/routing/duty-hours-words.ts'
import { readingTime } from '#features/routing/reading-time.ts'
import { escalationAt } from '#features/routing/delays.ts'
import { region } from '#regions/index.ts'
import { type DutyHours, weekdays } from '#storage/staff/staff.ts'

const moscow = 'Europe/Moscow'
/** A zone with clock changes, which no region has now. */
const berlin = 'Europe/Berlin'
const at = (text: string) => new Date(text)
const office: DutyHours = { mon: ['09:00', '18:00'], tue: ['09:00', '18:00'], wed: ['09:00', '13:00'] }

describe('duty hours', () => {
  test.each([
    ['2026-11-23T06:00:00+00:00', true, 'Monday 09:00'],
    ['2026-11-23T05:59:59.999Z', false, 'a moment before'],
    ['2026-11-23T14:59:59.999Z', true, 'a moment before 18:00'],
    ['2026-11-23T15:00:00Z', false, '18:00'],
    ['2026-11-25T10:30:00Z', false, 'Wednesday afternoon'],
    ['2026-11-26T09:00:00Z', false, 'Thursday'],
  ])('%s: %s (%s)', (moment, expected) => {
    expect(onDuty(office, at(moment), moscow)).toBe(expected)
  })

  test('next start on the next day with hours', () => {
    expect(nextDutyStart(office, at('2026-11-25T10:30:00Z'), moscow)).toEqual(at('2026-11-30T06:00:00Z'))
    expect(nextDutyStart(office, at('2026-11-23T03:00:00Z'), moscow)).toEqual(at('2026-11-23T06:00:00Z'))
    expect(nextDutyStart(office, at('2026-11-23T07:00:00Z'), moscow)).toEqual(at('2026-11-23T07:00:00Z'))
  })

  test('of a night shift belong to the day on which they begin', () => {
    const night: DutyHours = { fri: ['20:00', '08:00'] }
    expect(onDuty(night, at('2026-11-28T04:59:00Z'), moscow)).toBe(true)
    expect(onDuty(night, at('2026-11-28T05:00:00Z'), moscow)).toBe(false)
    expect(onDuty(night, at('2026-11-27T04:00:00Z'), moscow)).toBe(false)
    expect(nextDutyStart(night, at('2026-11-28T05:00:00Z'), moscow)).toEqual(at('2026-12-04T17:00:00Z'))
  })

  test('empty hours mean never, and null means always', () => {
    const now = at('2026-11-28T04:59:00Z')
    expect([onDuty({}, now, moscow), nextDutyStart({}, now, moscow)]).toEqual([false, null])
    expect([onDuty(null, now, moscow), nextDutyStart(null, now, moscow)]).toEqual([true, now])
  })

  test('follow the wall clock across a clock change', () => {
    const sunday: DutyHours = { sat: ['22:00', '06:00'], sun: ['09:00', '10:00'] }
    // On 29 March the night is an hour shorter, on 25 October an hour longer.
    expect(onDuty(sunday, at('2026-03-29T03:59:00Z'), berlin)).toBe(true)
    expect(onDuty(sunday, at('2026-03-29T04:00:00Z'), berlin)).toBe(false)
    expect(nextDutyStart(sunday, at('2026-03-29T04:00:00Z'), berlin)).toEqual(at('2026-03-29T07:00:00Z'))
    expect(onDuty(sunday, at('2026-10-25T04:59:00Z'), berlin)).toBe(true)
    expect(nextDutyStart(sunday, at('2026-10-25T05:00:00Z'), berlin)).toEqual(at('2026-10-25T08:00:00Z'))
    // 02:30 does not exist on 29 March: the shift begins an hour later by the wall clock.
    expect(nextDutyStart({ sun: ['02:30', '05:00'] }, at('2026-03-28T23:00:00Z'), berlin)).toEqual(
      at('2026-03-29T01:30:00Z'),
    )
  })

  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
  /** Up to three intervals a day, of which the last may end on the next day. */
  const anyDay = fc.uniqueArray(time, { minLength: 2, maxLength: 6 }).map((times) => {
    const sorted = times.toSorted()
    const pairs = sorted.flatMap((from, nth) =>
      nth % 2 === 0 && sorted[nth + 1] ? [[from, sorted[nth + 1]] as [string, string]] : [],
    )
    const odd = sorted.length % 2 === 1 ? [[sorted.at(-1) ?? '', '00:00'] as [string, string]] : []
    const all = [...pairs, ...odd]
    return all.length === 1 && all[0] ? all[0] : all
  })
  const anyHours = fc
    .record(Object.fromEntries(weekdays.map((day) => [day, anyDay])), { requiredKeys: [] })
    .map((hours) => hours as DutyHours)
    .filter((hours) => overlappingDay(hours) === null)
  const moment = fc.date({
    min: at('2026-01-01T00:00:00Z'),
    max: at('2027-12-31T00:00:00Z'),
    noInvalidDate: true,
  })

  test('the next start is on duty, and no moment before it is', () => {
    const holds = (hours: DutyHours, now: Date, part: number, zone: string) => {
      const start = nextDutyStart(hours, now, zone)
      if (Object.keys(hours).length === 0) {
        expect(start).toBeNull()
        return
      }
      if (!start) throw new Error('hours without a start')
      expect(start.getTime()).toBeGreaterThanOrEqual(now.getTime())
      expect(onDuty(hours, start, zone)).toBe(true)
      const between = new Date(now.getTime() + Math.floor((start.getTime() - now.getTime() - 1) * part))
      if (start > now) expect(onDuty(hours, between, zone)).toBe(false)
    }
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(fc.property(anyHours, moment, part, fc.constantFrom(moscow, berlin), holds), { numRuns: 3_000 })
  })

  const lunch: DutyHours = {
    mon: [
      ['09:00', '13:00'],
      ['14:00', '18:00'],
    ],
    // Two shifts of one day.
    tue: [
      ['08:00', '10:00'],
      ['17:00', '20:00'],
    ],
  }

  test.each([
    ['before lunch', '2026-11-23T07:00:00Z', true, '2026-11-23T15:00:00Z'],
    ['at lunch', '2026-11-23T10:00:00Z', false, null],
    ['the last moment of lunch', '2026-11-23T10:59:59Z', false, null],
    ['after lunch', '2026-11-23T11:00:00Z', true, '2026-11-23T15:00:00Z'],
    ['a long pause parts two shifts', '2026-11-24T06:00:00Z', true, '2026-11-24T07:00:00Z'],
  ])('with a break: %s', (_what, moment, on, end) => {
    expect(onDuty(lunch, at(moment), moscow)).toBe(on)
    expect(dutyEnd(lunch, at(moment), moscow)?.toISOString() ?? null).toBe(end && at(end).toISOString())
  })

  test('somebody who writes at lunch is read from its end on, and not until then', () => {
    const rules = region('stavropol')
    expect(readingTime(rules, lunch, at('2026-11-23T10:10:00Z'))).toMatchObject({
      kind: 'from',
      at: at('2026-11-23T11:00:00Z'),
      due: at('2026-11-23T15:00:00Z'),
    })
    expect(readingTime(rules, lunch, at('2026-11-23T09:50:00Z'))).toMatchObject({
      kind: 'until',
      at: at('2026-11-23T15:00:00Z'),
    })
  })

  test('overlaps are found, also with the night before and over the end of the week', () => {
    expect(overlappingDay(lunch)).toBeNull()
    expect(
      overlappingDay({
        mon: [
          ['09:00', '13:00'],
          ['12:30', '18:00'],
        ],
      }),
    ).toBe('mon')
    expect(overlappingDay({ mon: ['22:00', '10:00'], tue: ['09:00', '18:00'] })).toBe('tue')
    expect(overlappingDay({ sun: ['20:00', '08:00'], mon: ['07:00', '15:00'] })).toBe('mon')
    expect(overlappingDay({ sun: ['20:00', '08:00'], mon: ['08:00', '15:00'] })).toBeNull()
  })

  test('no minute of a week is in two intervals, and no promised hour is in a break', () => {
    const rules = region('stavropol')
    const holds = (hours: DutyHours, now: Date) => {
      const inside = weekdays.flatMap((day) => intervalsOf(hours, day)).length
      if (inside === 0) return
      const { kind, at: promised, due } = readingTime(rules, hours, now)
      const start = nextDutyStart(hours, now, moscow)
      // Off duty for a week and more, the centre's own hours count.
      if (start === null) return
      if (kind === 'from') expect(onDuty(hours, promised, moscow)).toBe(true)
      else expect(onDuty(hours, new Date(promised.getTime() - 1), moscow)).toBe(true)
      expect(onDuty(hours, new Date(due.getTime() - 1), moscow)).toBe(true)
    }
    fc.assert(fc.property(anyHours, moment, holds), { numRuns: 3_000 })
    const once = (hours: DutyHours, minute: number) => {
      const spans = weekdays.flatMap((day, nth) =>
        intervalsOf(hours, day).map(([from, until]) => {
          const [start, end] = [from, until].map((text) => {
            const [h = 0, m = 0] = text.split(':').map(Number)
            return nth * 1440 + h * 60 + m
          }) as [number, number]
          return [start, end <= start ? end + 1440 : end] as const
        }),
      )
      const week = 7 * 1440
      const hit = spans.filter(([start, end]) =>
        [minute, minute + week].some((one) => start <= one && one < end),
      )
      expect(hit.length).toBeLessThanOrEqual(1)
    }
    fc.assert(fc.property(anyHours, fc.integer({ min: 0, max: 7 * 1440 - 1 }), once), { numRuns: 3_000 })
  })

  test('as typed: days, ranges and several intervals; what is printed is read again as the same', () => {
    expect(readDutyHours(['mon-fri 09:00-13:00,14:00-18:00', 'sat 10:00-14:00'])).toEqual({
      ...Object.fromEntries(
        weekdays.slice(0, 5).map((day) => [
          day,
          [
            ['09:00', '13:00'],
            ['14:00', '18:00'],
          ],
        ]),
      ),
      sat: ['10:00', '14:00'],
    })
    for (const wrong of [
      '',
      'mon',
      'mon 9-18',
      'fri-mon 09:00-18:00',
      'mon 09:00-09:00',
      'xyz 09:00-18:00',
      'mon 25:00-26:00',
    ])
      expect(readDutyHours([wrong]), wrong).toBeNull()
    const same = (hours: DutyHours) => {
      const lines = dutyHoursLines(hours)
      if (lines[0] !== 'never') expect(readDutyHours(lines)).toEqual(hours)
    }
    fc.assert(fc.property(anyHours, same))
  })
})

describe('working time', () => {
  const day = { from: '09:00', until: '18:00' }
  const add = (moment: string, minutes: number) => addWorkingMinutes(at(moment), minutes, day, moscow)

  test.each([
    ['within a day', '2026-11-24T07:00:00Z', 240, '2026-11-24T11:00:00Z'],
    ['to the very end of a day', '2026-11-24T11:00:00Z', 240, '2026-11-24T15:00:00Z'],
    ['over a night', '2026-11-24T12:00:00Z', 240, '2026-11-25T07:00:00Z'],
    ['over a weekend, from Friday evening', '2026-11-27T19:00:00Z', 240, '2026-11-30T10:00:00Z'],
    ['over the New Year holidays', '2026-12-30T14:00:00Z', 120, '2027-01-11T07:00:00Z'],
    ['before the day begins', '2026-11-24T01:00:00Z', 60, '2026-11-24T07:00:00Z'],
    ['several days long', '2026-11-24T06:00:00Z', 27 * 60, '2026-11-26T15:00:00Z'],
  ])('%s', (_what, from, minutes, expected) => {
    expect(add(from, minutes)).toEqual(at(expected))
  })

  const moment = fc.date({
    min: at('2026-01-01T00:00:00Z'),
    max: at('2027-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  const minutes = fc.integer({ min: 1, max: 3_000 })

  test('ends in working time, after its start, and is additive', () => {
    const holds = (from: Date, first: number, second: number) => {
      const end = addWorkingMinutes(from, first, day, moscow)
      expect(end.getTime()).toBeGreaterThanOrEqual(from.getTime() + first * 60_000)
      const local = Temporal.Instant.fromEpochMilliseconds(end.getTime()).toZonedDateTimeISO(moscow)
      expect(isWorkingDay(local.toPlainDate())).toBe(true)
      const clock = local.toPlainTime().toString().slice(0, 5)
      expect(clock >= '09:00' && clock <= '18:00').toBe(true)
      expect(addWorkingMinutes(end, second, day, moscow)).toEqual(
        addWorkingMinutes(from, first + second, day, moscow),
      )
    }
    fc.assert(fc.property(moment, minutes, minutes, holds), { numRuns: 2_000 })
  })
})

test.each(['stavropol', 'nyagan'] as const)(
  '%s: urgent after 15 minutes, ordinary after 4 working hours',
  (code) => {
    const rules = region(code)
    // Friday, 27 November: 17:30 in Moscow, with half an hour of work left; 19:30 in Nyagan, with none.
    const friday = at('2026-11-27T14:30:00Z')
    expect(escalationAt(rules, true, friday)).toEqual(at('2026-11-27T14:45:00Z'))
    const monday = { stavropol: '2026-11-30T09:30:00Z', nyagan: '2026-11-30T08:00:00Z' }[code]
    expect(escalationAt(rules, false, friday)).toEqual(at(monday))
    expect(rules.routing.source).toBe('default')
  },
)
