import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { addWorkingMinutes } from '#features/deadlines/working-time.ts'
import { nextDutyStart, onDuty, shiftStart } from '#features/routing/duty-hours.ts'
import { escalationAt } from '#features/routing/delays.ts'
import { federalDaysOff } from '#regions/days-off.ts'
import { region } from '#regions/index.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { anyHours } from '#test/support/duty-hours.ts'

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
    // Of 02:00 to 03:00 nothing exists on 28 March 2027: there is no shift that day.
    const left: DutyHours = { sun: ['02:00', '03:00'] }
    expect(nextDutyStart(left, at('2027-03-21T02:00:00Z'), berlin)).toEqual(at('2027-04-04T00:00:00Z'))
    expect(onDuty(left, at('2027-03-28T01:00:00Z'), berlin)).toBe(false)
    expect(shiftStart(left, Temporal.PlainDate.from('2027-03-28'), berlin)).toBeNull()
  })

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
})

describe('working time', () => {
  const inMoscow = { timeZone: moscow, daysOff: federalDaysOff }
  const day = { from: '09:00', until: '18:00' }
  const add = (moment: string, minutes: number) => addWorkingMinutes(at(moment), minutes, day, inMoscow)

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
      const end = addWorkingMinutes(from, first, day, inMoscow)
      expect(end.getTime()).toBeGreaterThanOrEqual(from.getTime() + first * 60_000)
      const local = Temporal.Instant.fromEpochMilliseconds(end.getTime()).toZonedDateTimeISO(moscow)
      expect(isWorkingDay(local.toPlainDate(), inMoscow)).toBe(true)
      const clock = local.toPlainTime().toString().slice(0, 5)
      expect(clock >= '09:00' && clock <= '18:00').toBe(true)
      expect(addWorkingMinutes(end, second, day, inMoscow)).toEqual(
        addWorkingMinutes(from, first + second, day, inMoscow),
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
