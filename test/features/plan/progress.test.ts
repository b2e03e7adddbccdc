import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { When } from '#features/plan/plan-document.ts'
import { latestReportableDay } from '#features/plan/activity-marks.ts'
import { activitiesInList, planLists } from '#features/plan/activity-lists.ts'
import { progressOf, stretches, type Tracked } from '#features/plan/progress.ts'
import { progressBar } from '#dialogue/plan/plan-words-view.ts'
import { anActivity } from '#test/support/plan.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const tracked = (code: string, when: When, more: Partial<Tracked> = {}): Tracked => ({
  ...(anActivity(code) as Tracked),
  id: code,
  status: 'planned',
  when,
  ...more,
})
const once = (on: string, at?: string): When => ({ kind: 'once', on, ...(at && { at }) })
/** A Wednesday. */
const today = day('2026-11-25')

describe('the progress of a plan', () => {
  test('weeks end on Sunday; a past activity without a report is neither done nor upcoming', () => {
    const { by, done, total, kinds } = progressOf(
      [
        tracked('sunday', once('2026-11-29')),
        tracked('monday', once('2026-11-30')),
        tracked('late', once('2026-11-25', '18:00')),
        tracked('early', once('2026-11-25', '09:00')),
        tracked('yesterday', once('2026-11-24')),
        tracked('ready', once('2026-12-20'), { status: 'done', kind: 'legal' }),
        tracked('dropped', once('2026-11-26'), { status: 'cancelled' }),
        tracked('under way', { kind: 'span', from: '2026-11-01', until: '2026-12-31' }),
        tracked('tuesdays', {
          kind: 'weekly',
          from: '2026-11-24',
          until: '2026-12-08',
          every: 1,
          days: ['tue'],
        }),
      ],
      today,
    )
    const codes = Object.fromEntries(
      stretches.map((stretch) => [
        stretch,
        by[stretch].map(({ activity, day }) => `${activity.code} ${day}`),
      ]),
    )
    expect(codes).toEqual({
      week: ['under way 2026-11-25', 'early 2026-11-25', 'late 2026-11-25', 'sunday 2026-11-29'],
      later: ['monday 2026-11-30', 'tuesdays 2026-12-01'],
      done: ['ready 2026-12-20'],
      past: ['dropped 2026-11-26', 'yesterday 2026-11-24'],
    })
    expect([done, total]).toEqual([1, 8])
    expect([...kinds]).toEqual([
      ['social', { total: 7, done: 0 }],
      ['legal', { total: 1, done: 1 }],
    ])
  })

  test('a week may span the end of a year', () => {
    const { by } = progressOf(
      [tracked('first', once('2027-01-03')), tracked('next', once('2027-01-04'))],
      day('2026-12-31'),
    )
    expect([by.week.length, by.later.length]).toEqual([1, 1])
  })

  test('every activity belongs to one time range and to the list of its kind', () => {
    const anyTracked = fc
      .record({
        offset: fc.integer({ min: -40, max: 40 }),
        status: fc.constantFrom('planned' as const, 'done' as const, 'cancelled' as const),
        kind: fc.constantFrom('legal' as const, 'medical' as const),
      })
      .map(({ offset, status, kind }) =>
        tracked('one', once(String(today.add({ days: offset }))), { status, kind }),
      )
    fc.assert(
      fc.property(fc.array(anyTracked), (activities) => {
        const progress = progressOf(activities, today)
        const placed = stretches.flatMap((stretch) => progress.by[stretch].map(({ activity }) => activity))
        expect(new Set(placed)).toEqual(new Set(activities))
        expect(placed).toHaveLength(activities.length)
        const ofKinds = planLists.flatMap((list) =>
          list === 'legal' || list === 'medical' ? activitiesInList(progress, list) : [],
        )
        expect(ofKinds).toHaveLength(activities.length)
        expect(progress.total).toBe(activities.filter(({ status }) => status !== 'cancelled').length)
      }),
    )
  })

  test('partial progress is never drawn as none or as complete', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 200 }), (some, total) => {
        const done = Math.min(some, total)
        const bar = progressBar(done, total)
        expect([...bar]).toHaveLength(10)
        expect(bar.includes('▰')).toBe(done > 0)
        expect(bar.includes('▱')).toBe(done < total)
      }),
    )
  })
})

describe('the day on which a family can report', () => {
  const told = (when: When, now: string, zone = 'Europe/Moscow') =>
    latestReportableDay(when, new Date(now), zone)?.toString() ?? null

  test('is reportable after its time, or the next day if it has none', () => {
    expect(told(once('2026-11-25', '15:00'), '2026-11-25T11:59:00Z')).toBeNull()
    expect(told(once('2026-11-25', '15:00'), '2026-11-25T12:01:00Z')).toBe('2026-11-25')
    expect(told(once('2026-11-25'), '2026-11-25T20:59:00Z')).toBeNull()
    expect(told(once('2026-11-25'), '2026-11-25T21:01:00Z')).toBe('2026-11-25')
  })

  test('follows the time zone of the region, also across a clock change', () => {
    expect(told(once('2026-11-25'), '2026-11-25T19:30:00Z', 'Asia/Yekaterinburg')).toBe('2026-11-25')
    // Berlin skips an hour on 29 March: the day ends at 22:00 UTC, not at 23:00.
    expect(told(once('2026-03-29'), '2026-03-29T21:59:00Z', 'Europe/Berlin')).toBeNull()
    expect(told(once('2026-03-29'), '2026-03-29T22:01:00Z', 'Europe/Berlin')).toBe('2026-03-29')
  })

  test('is the latest day of a repeated activity, and null within a period until its last day', () => {
    const weekly: When = {
      kind: 'weekly',
      from: '2026-11-02',
      until: '2026-12-31',
      every: 1,
      days: ['wed'],
      at: '15:00',
    }
    expect(told(weekly, '2026-11-25T11:00:00Z')).toBe('2026-11-18')
    expect(told(weekly, '2026-11-25T13:00:00Z')).toBe('2026-11-25')
    const span: When = { kind: 'span', from: '2026-11-02', until: '2026-11-25' }
    expect(told(span, '2026-11-25T11:00:00Z')).toBeNull()
    expect(told(span, '2026-11-26T11:00:00Z')).toBe('2026-11-25')
  })
})
