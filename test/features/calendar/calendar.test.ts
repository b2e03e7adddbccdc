import fc from 'fast-check'
import ICAL from 'ical.js'
import nodeIcal, { type VEvent } from 'node-ical'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { cleanText } from '#core/words.ts'
import type { CalendarEvent, CalendarWhen } from '#features/calendar/calendar-event.ts'
import { activityEvents } from '#features/calendar/family-events.ts'
import { writeCalendar } from '#features/calendar/ics-file.ts'
import { calendarEntries } from '#features/calendar/recurrence-rule.ts'
import type { When } from '#features/plan/plan-document.ts'
import { occurrences } from '#features/plan/recurrence.ts'
import type { Tracked } from '#features/plan/progress.ts'
import { weekdays } from '#storage/staff/staff.ts'
import { anActivity } from '#test/support/plan.ts'

const texts = await loadTexts(new URL('../../../locales', import.meta.url).pathname)

/** The zones of the five regions, and one with clock changes. */
const zones = ['Asia/Yekaterinburg', 'Europe/Moscow', 'Europe/Simferopol', 'Europe/Berlin'] as const

const zoned = (instant: string, timeZone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)

const eventOf = (when: CalendarWhen, more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: 'visit-1@ryadom',
  sequence: 3,
  changedAt: new Date('2026-11-25T07:00:00Z'),
  cancelled: false,
  when,
  summary: 'Встреча',
  ...more,
})

const write = (timeZone: string, ...events: CalendarEvent[]) =>
  writeCalendar({ events, timeZone, method: 'PUBLISH' })

/** Read by ical.js with the time zones from the file itself. */
const byIcalJs = (text: string): ICAL.Event[] => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
}

const byNodeIcal = (text: string): VEvent[] =>
  Object.values(nodeIcal.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT')

describe.each(zones)('in %s', (timeZone) => {
  test.each(['2026-12-03T12:00:00Z', '2026-03-29T00:30:00Z', '2026-07-01T05:15:00Z', '2028-02-29T20:59:00Z'])(
    'a visit at %s is read back at the same instant',
    (instant) => {
      const [start, end] = [zoned(instant, timeZone), zoned(instant, timeZone).add({ minutes: 90 })]
      const text = write(timeZone, eventOf({ kind: 'timed', start, end }))
      expect(text).toContain(`BEGIN:VTIMEZONE\r\nTZID:${timeZone}\r\n`)
      const [one] = byIcalJs(text)
      expect(one?.startDate.toJSDate().toISOString()).toBe(new Date(instant).toISOString())
      expect(one?.endDate.toJSDate().getTime()).toBe(end.epochMilliseconds)
      const [other] = byNodeIcal(text)
      expect(other?.start.toISOString()).toBe(new Date(instant).toISOString())
      expect(other?.end?.getTime()).toBe(end.epochMilliseconds)
    },
  )

  test('an activity is read back on exactly the days of the plan', () => {
    fc.assert(
      fc.property(anyWhen, (when) => {
        const planned = occurrences(when, first, last)
        const entries = calendarEntries(when, timeZone)
        expect(entries.length === 0).toBe(planned.length === 0)
        if (planned.length === 0 || when.kind === 'span') return
        const text = write(timeZone, ...entries.map(({ part, when }) => eventOf(when, { uid: `a${part}` })))
        const expected = planned.map((day) => momentOf(day, when, timeZone))
        expect(daysByIcalJs(text)).toEqual(expected)
        expect(daysByNodeIcal(text)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})

test('an activity within a period covers all its days and is not marked busy', () => {
  const entries = calendarEntries({ kind: 'span', from: '2026-12-28', until: '2027-01-10' }, 'Europe/Moscow')
  const text = write('Europe/Moscow', ...entries.map(({ when }) => eventOf(when)))
  expect(text).toContain('DTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20270111\r\n')
  expect(text).toContain('TRANSP:TRANSPARENT\r\n')
})

test('both readers agree on identity, version, status and method', () => {
  const start = zoned('2026-12-03T12:00:00Z', 'Europe/Moscow')
  const when = { kind: 'timed' as const, start, end: start.add({ hours: 1 }) }
  for (const [cancelled, method, status] of [
    [false, 'PUBLISH', 'CONFIRMED'],
    [true, 'CANCEL', 'CANCELLED'],
  ] as const) {
    const events = [eventOf(when, { cancelled })]
    const text = writeCalendar({ events, timeZone: 'Europe/Moscow', method })
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text).toContain('DTSTAMP:20261125T070000Z\r\n')
    const [one] = byIcalJs(text)
    expect(one).toMatchObject({ uid: 'visit-1@ryadom', sequence: 3, summary: 'Встреча' })
    expect(one?.component.getFirstPropertyValue('status')).toBe(status)
    expect(one?.component.parent?.getFirstPropertyValue('method')).toBe(method)
    const [other] = byNodeIcal(text)
    expect(other).toMatchObject({ uid: 'visit-1@ryadom', status, method })
    expect(Number(other?.sequence)).toBe(3)
  }
})

test('a subscription has a name and a refresh interval', () => {
  const feed = { name: 'Напоминания', refreshSeconds: 4 * 60 * 60 }
  const text = writeCalendar({ events: [], timeZone: 'Europe/Moscow', method: 'PUBLISH', feed })
  expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT4H\r\nX-PUBLISHED-TTL:PT4H\r\n')
  expect(text).toContain('X-WR-CALNAME:Напоминания\r\n')

  // The properties of the calendar come before its components (RFC 5545, 3.4; RFC 7986).
  const start = zoned('2026-12-03T12:00:00Z', 'Europe/Moscow')
  const events = [eventOf({ kind: 'timed', start }), eventOf({ kind: 'timed', start })]
  const full = writeCalendar({ events, timeZone: 'Europe/Moscow', method: 'PUBLISH', feed })
  expect(full.indexOf('REFRESH-INTERVAL')).toBeGreaterThan(0)
  expect(full.indexOf('REFRESH-INTERVAL')).toBeLessThan(full.indexOf('BEGIN:VTIMEZONE'))
  expect(full).toMatch(/END:VEVENT\r\nEND:VCALENDAR\r\n$/)
  expect(byIcalJs(full)).toHaveLength(2)
})

test('any text survives a round trip, in lines of at most 75 octets', () => {
  const start = zoned('2026-12-03T12:00:00Z', 'Europe/Moscow')
  const words = fc.oneof(
    // Words that nobody could see are none: the entry has no such line then (below).
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((text) => cleanText(text) !== ''),
    fc.constant('Мир, труд; «май»\\n\nСемья 👨‍👩‍👧‍👦: встреча\r\nи чай, '.repeat(5)),
  )
  fc.assert(
    fc.property(words, words, (summary, location) => {
      const text = write('Europe/Moscow', eventOf({ kind: 'timed', start }, { summary, location }))
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      const [one] = byIcalJs(text)
      expect([one?.summary, one?.location]).toEqual([kept(summary), kept(location)])
      // node-ical reads a backslash before an «n» as a line break.
      if (!summary.includes('\\'))
        expect(String(byNodeIcal(text)[0]?.summary).trim()).toBe(kept(summary).trim())
    }),
  )
})

test('a line separator within words does not end a line of the file', () => {
  const start = zoned('2026-12-03T12:00:00Z', 'Europe/Moscow')
  const text = write(
    'Europe/Moscow',
    eventOf({ kind: 'timed', start }, { summary: '\u2028!', location: 'a\u2029b' }),
  )
  expect(text).not.toMatch(/[\u2028\u2029]/)
  expect(byIcalJs(text)[0]?.location).toBe('a\nb')
})

test.each(['', ' ', '  ', '\u0000', '\t\n', '\u200b', '\u2800'])(
  'blank words (%j) are no words of an entry',
  (blank) => {
    const start = zoned('2026-12-03T12:00:00Z', 'Europe/Moscow')
    const words = { summary: blank, location: blank, description: blank }
    const text = write('Europe/Moscow', eventOf({ kind: 'timed', start }, words))
    expect(text).not.toMatch(/undefined|^LOCATION|^DESCRIPTION/m)
    const [one] = byIcalJs(text)
    expect([one?.location, one?.description]).toEqual([null, null])

    const telling = { say: texts.for('ru', 'adult'), timeZone: 'Europe/Moscow', named: true }
    const activity = { ...anActivity('blank'), id: 'blank', status: 'planned', plain: blank } as Tracked
    const plan = { number: 1, at: new Date('2026-11-25T07:00:00Z') }
    expect(activityEvents(plan, activity, telling)).toMatchObject([{ summary: 'Напоминание' }])
  },
)

test('an unknown time zone is refused', () => {
  const start = zoned('2026-12-03T12:00:00Z', 'Europe/Moscow')
  expect(() => write('Mars/Olympus', eventOf({ kind: 'timed', start }))).toThrow()
})

const first = Temporal.PlainDate.from('2000-01-01')
const last = Temporal.PlainDate.from('2099-12-31')
const day = fc
  .integer({ min: 0, max: 900 })
  .map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }).toString())
const period = fc.tuple(day, day).map(([one, other]) => ({
  from: one < other ? one : other,
  until: one < other ? other : one,
}))
/** Not within a skipped hour: calendars disagree about it. */
const time = fc.constantFrom('00:15', '09:00', '15:30', '23:45')
const at = fc.option(time, { nil: undefined }).map((at) => (at === undefined ? {} : { at }))
const anyWhen: fc.Arbitrary<When> = fc.oneof(
  fc.tuple(day, at).map(([on, at]) => ({ kind: 'once' as const, on, ...at })),
  period.map((period) => ({ kind: 'span' as const, ...period })),
  fc
    .tuple(period, at, fc.integer({ min: 1, max: 8 }), fc.subarray([...weekdays], { minLength: 1 }))
    .map(([period, at, every, days]) => ({ kind: 'weekly' as const, ...period, ...at, every, days })),
  fc
    .tuple(period, at, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
    .map(([period, at, every, day]) => ({ kind: 'monthly' as const, ...period, ...at, every, day })),
)

/** ISO day, or the instant if the activity has a time. */
const momentOf = (day: Temporal.PlainDate, when: When, timeZone: string): string =>
  'at' in when && when.at !== undefined
    ? day.toZonedDateTime({ timeZone, plainTime: when.at }).toInstant().toString()
    : day.toString()

const daysByIcalJs = (text: string): string[] =>
  byIcalJs(text)
    .flatMap((event) => {
      const days = event.iterator()
      const found: ICAL.Time[] = []
      for (let next = days.next(); next; next = days.next()) found.push(next)
      return found.map((one) => (one.isDate ? one.toString() : instantOf(one.toJSDate())))
    })
    .sort()

const daysByNodeIcal = (text: string): string[] =>
  byNodeIcal(text)
    .flatMap((event) => {
      const days = event.rrule ? event.rrule.all() : [event.start]
      return days.map((one) => (event.datetype === 'date' ? localDay(one) : instantOf(one)))
    })
    .sort()

const instantOf = (date: Date): string => date.toISOString().replace('.000Z', 'Z')
const localDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => `${part}`.padStart(2, '0'))
    .join('-')

/** Line breaks are normalised, and control characters removed. */
const kept = (text: string): string =>
  text.replace(/\r\n|[\r\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '')
