import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { federalDaysOff } from '#regions/days-off.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { type CuratorSchedule, freeSlots } from '#features/visits/visit-slots.ts'

const zones = ['Europe/Moscow', 'Europe/Simferopol', 'Asia/Yekaterinburg', 'Europe/Berlin'] as const
const now = new Date('2026-11-25T07:00:00Z')
const free: CuratorSchedule = { dutyHours: null, visits: [], absences: [] }
const inMoscow = { minutes: 60, now, calendar: { timeZone: 'Europe/Moscow', daysOff: federalDaysOff } }
const iso = (dates: Date[]) => dates.map((date) => date.toISOString().slice(0, 16))

test('two a day from tomorrow on, one before noon and one after it, eight at most', () => {
  expect(iso(freeSlots(free, inMoscow))).toEqual([
    '2026-11-26T06:00',
    '2026-11-26T09:00',
    '2026-11-27T07:00',
    '2026-11-27T10:00',
    '2026-11-30T07:00',
    '2026-11-30T10:00',
    '2026-12-01T08:00',
    '2026-12-01T11:00',
  ])
})

test('the first days are offered, and those nearest to the visit, at different hours', () => {
  const not = new Date('2026-12-16T12:00:00Z')
  const slots = iso(freeSlots(free, { ...inMoscow, not }))
  expect([...new Set(slots.map((slot) => slot.slice(0, 10)))]).toEqual([
    '2026-11-26',
    '2026-11-27',
    '2026-12-15',
    '2026-12-16',
  ])
  expect(new Set(slots.map((slot) => slot.slice(11))).size).toBeGreaterThan(3)
})

test('half an hour of travel time is kept around every other visit', () => {
  const visits = [{ from: new Date('2026-11-26T07:00:00Z'), until: new Date('2026-11-26T08:00:00Z') }]
  const [first, second] = iso(freeSlots({ ...free, visits }, inMoscow))
  // 9:00 ends at 10:00, when the other begins; 11:00 begins as it ends.
  expect([first, second]).toEqual(['2026-11-26T09:00', '2026-11-26T10:00'])
})

test('duty hours and absences are respected, without nights and free days', () => {
  const night = { ...free, dutyHours: { thu: ['19:00', '07:00'], sat: ['09:00', '18:00'] } } as const
  expect(iso(freeSlots(night as CuratorSchedule, inMoscow))).toEqual(['2026-11-26T16:00', '2026-12-03T16:00'])
  const absences = [{ from: new Date('2026-11-25T00:00:00Z'), until: new Date('2026-12-08T21:00:00Z') }]
  expect(iso(freeSlots({ ...free, absences }, inMoscow))).toEqual(['2026-12-09T07:00', '2026-12-09T10:00'])
})

test('no slot reaches into a break', () => {
  const thu: [string, string][] = [
    ['09:00', '12:30'],
    ['13:30', '18:00'],
  ]
  const [first, second] = iso(freeSlots({ ...free, dutyHours: { thu } }, { ...inMoscow, minutes: 90 }))
  expect([first, second]).toEqual(['2026-11-26T06:00', '2026-11-26T10:30'])
  const long = iso(freeSlots({ ...free, dutyHours: { thu } }, { ...inMoscow, minutes: 240 }))
  expect(long[0]).toBe('2026-11-26T10:30')
})

test('the current time of the visit is not offered', () => {
  const not = new Date('2026-11-26T06:00:00Z')
  expect(iso(freeSlots(free, { ...inMoscow, not }))[0]).toBe('2026-11-26T07:00')
})

const minute = 60_000
const start = Date.parse('2026-01-01T00:00:00Z')
const span = fc
  .tuple(fc.integer({ min: 0, max: 21 * 24 * 60 }), fc.integer({ min: 15, max: 48 * 60 }))
  .map(([from, lasts]) => ({ from, lasts }))
const hour = fc.integer({ min: 0, max: 23 }).map((h) => `${String(h).padStart(2, '0')}:00`)

test('never on a day off, at night, during another visit or an absence, or in the past; in any zone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4 * 365 * 24 * 60 }),
      fc.array(span, { maxLength: 12 }),
      fc.array(span, { maxLength: 3 }),
      fc.option(
        fc.dictionary(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat'), fc.tuple(hour, hour)),
      ),
      fc.constantFrom(...zones),
      fc.integer({ min: 15, max: 480 }),
      (offset, visits, absences, dutyHours, timeZone, minutes) => {
        const at = new Date(start + offset * minute)
        const spans = (all: typeof visits) =>
          all.map(({ from, lasts }) => ({
            from: new Date(at.getTime() + from * minute),
            until: new Date(at.getTime() + (from + lasts) * minute),
          }))
        const time = { dutyHours, visits: spans(visits), absences: spans(absences) } as CuratorSchedule
        const slots = freeSlots(time, { minutes, now: at, calendar: { timeZone, daysOff: federalDaysOff } })
        expect(slots.length).toBeLessThanOrEqual(8)
        for (const slot of slots) {
          const end = slot.getTime() + minutes * minute
          const local = (ms: number) =>
            Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone)
          expect(slot > at).toBe(true)
          expect(isWorkingDay(dayAt(slot, timeZone), { daysOff: federalDaysOff })).toBe(true)
          expect(local(slot.getTime()).hour).toBeGreaterThanOrEqual(8)
          expect(local(end - 1).hour).toBeLessThan(20)
          for (const { from, until } of time.visits)
            expect(
              slot.getTime() - until.getTime() >= 30 * minute || from.getTime() - end >= 30 * minute,
            ).toBe(true)
          for (const { from, until } of time.absences)
            expect(slot >= until || end <= from.getTime()).toBe(true)
        }
      },
    ),
    { numRuns: 300 },
  )
})
