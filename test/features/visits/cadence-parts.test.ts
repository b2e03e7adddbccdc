import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { cadenceKept, cadenceParts, levelTimes } from '#features/visits/cadence-parts.ts'
import { region, regionCodes } from '#regions/index.ts'
import { supportLevels } from '#storage/families/families.ts'

const stavropol = region('stavropol')
const asked = (level: (typeof supportLevels)[number], from: string, until: string) =>
  cadenceParts(stavropol, { level, from, until }).map((part) => [part.from, part.until, part.atLeast])
const event = (kind: string, day: string, detail: string | null = null) => ({ kind, day, detail, round: 1 })

test('weeks are ISO weeks and months those of the calendar; the first and last ask for their share (Stavropol 6.18)', () => {
  // From a Thursday to a Tuesday.
  expect(asked('emergency', '2026-11-26', '2026-12-08')).toEqual([
    ['2026-11-26', '2026-11-29', 1],
    ['2026-11-30', '2026-12-06', 2],
    ['2026-12-07', '2026-12-08', 1],
  ])
  expect(asked('crisis', '2026-12-28', '2027-01-10')).toEqual([
    ['2026-12-28', '2027-01-03', 1],
    // Nobody works between New Year and Christmas.
    ['2027-01-04', '2027-01-10', 0],
  ])
  expect(asked('adaptation', '2026-11-10', '2027-02-14')).toEqual([
    ['2026-11-10', '2026-11-30', 1],
    ['2026-12-01', '2026-12-31', 1],
    ['2027-01-01', '2027-01-31', 1],
    ['2027-02-01', '2027-02-14', 1],
  ])
  expect(asked('adaptation', '2026-11-20', '2026-11-30')).toEqual([['2026-11-20', '2026-11-30', 0]])
})

test('another level asks from the day on which it was decided; what it asked for before stays', () => {
  const events = [
    event('ipss-began', '2026-11-02'),
    event('level-set', '2026-10-20', 'basic'),
    event('level-set', '2026-11-16', 'crisis'),
  ]
  const times = levelTimes({ events, level: 'crisis' }, '2026-12-02')
  expect(times).toEqual([
    { level: 'basic', from: '2026-11-02', until: '2026-11-15' },
    { level: 'crisis', from: '2026-11-16', until: '2026-12-02' },
  ])
  const visits = ['2026-11-05', '2026-11-17', '2026-12-01']
  expect(cadenceKept(stavropol, { times, visits, today: '2026-12-02' })).toMatchObject({
    now: { from: '2026-11-30', until: '2026-12-06', atLeast: 1, done: 1 },
    before: { from: '2026-11-23', until: '2026-11-29', atLeast: 1, done: 0 },
    over: 3,
    short: 1,
  })
  const ended = levelTimes(
    { events: [...events, event('ipss-ended', '2026-11-20')], level: null },
    '2027-01-10',
  )
  expect(ended.at(-1)).toEqual({ level: 'crisis', from: '2026-11-16', until: '2026-11-20' })
  expect(levelTimes({ events: [event('application', '2026-11-02')], level: 'basic' }, '2026-12-02')).toEqual(
    [],
  )
})

const anyDay = fc
  .integer({ min: 0, max: 1200 })
  .map((days) => Temporal.PlainDate.from('2026-01-01').add({ days }))

test('parts follow each other without a gap, lie within one week or month, and never ask for more than a whole one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...regionCodes),
      fc.constantFrom(...supportLevels),
      anyDay,
      fc.integer({ min: 0, max: 200 }),
      (code, level, first, days) => {
        const rules = region(code)
        const { atLeast, per } = rules.visitCadence[level].value
        const until = first.add({ days })
        const parts = cadenceParts(rules, { level, from: first.toString(), until: until.toString() })
        expect([parts.at(0)?.from, parts.at(-1)?.until]).toEqual([first.toString(), until.toString()])
        for (const [at, part] of parts.entries()) {
          const [from, to] = [Temporal.PlainDate.from(part.from), Temporal.PlainDate.from(part.until)]
          const before = parts[at - 1]
          if (before) expect(Temporal.PlainDate.from(before.until).add({ days: 1 }).equals(from)).toBe(true)
          expect(per === 'week' ? from.weekOfYear === to.weekOfYear : from.month === to.month).toBe(true)
          expect(part.atLeast).toBeLessThanOrEqual(atLeast)
          expect(part.atMost).toBeGreaterThanOrEqual(part.atLeast)
        }
      },
    ),
  )
})

test('one visit more is never one week more in which there were too few', () => {
  fc.assert(
    fc.property(fc.array(anyDay), anyDay, fc.constantFrom(...supportLevels), (days, extra, level) => {
      const times = [{ level, from: '2026-01-01', until: '2027-12-31' }]
      const short = (visits: Temporal.PlainDate[]) =>
        cadenceKept(stavropol, { times, visits: visits.map(String), today: '2027-12-31' })?.short ?? 0
      expect(short([...days, extra])).toBeLessThanOrEqual(short(days))
    }),
  )
})
