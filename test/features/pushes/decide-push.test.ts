import { describe, expect, test } from 'vitest'
import { decidePush, type PushReceiver } from '#features/pushes/decide-push.ts'
import { defaultQuietHours } from '#features/pushes/quiet-hours.ts'
import type { PushSubject } from '#storage/pushes/push-subjects.ts'
import type { Visit } from '#storage/visits/visits.ts'

const minute = 60_000
const timeZone = 'Europe/Moscow'
const startsAt = new Date('2026-11-26T12:00:00Z')
const visit: Visit = {
  id: 'v',
  familyId: 'f',
  staffId: 's',
  purpose: 'regular',
  content: '',
  doorCode: '',
  seriesId: null,
  createdAt: new Date('2026-11-01T09:00:00Z'),
  changedAt: new Date('2026-11-01T09:00:00Z'),
  revision: 0,
  version: 1,
  status: 'planned',
  startsAt,
  endsAt: new Date('2026-11-26T13:00:00Z'),
  lastMove: null,
  movedFrom: null,
  result: null,
  audience: 'family',
  memberIds: [],
}
const subject: PushSubject = {
  member: { id: 'm', role: 'parent', unconfirmedSince: null },
  visit,
  message: { memberId: 'm', read: false },
  survey: null,
  counted: null,
  newerPlanPush: false,
}
const receiver: PushReceiver = {
  pushMode: 'open',
  quiet: defaultQuietHours,
  unreachable: false,
  hidden: false,
  inQuestion: false,
}
const day = new Date('2026-11-25T12:00:00Z')
const hours = new Date('2026-11-26T10:00:00Z')

const judged = (
  push: Partial<Parameters<typeof decidePush>[0]>,
  {
    of = {},
    to = {},
    now = push.at ?? day,
  }: { of?: Partial<PushSubject>; to?: Partial<PushReceiver>; now?: Date } = {},
) =>
  decidePush(
    { kind: 'visit-day', subjectId: 'v', version: 1, urgent: false, at: day, familyId: 'f', ...push },
    { subject: { ...subject, ...of }, receiver: { ...receiver, ...to }, timeZone, now },
  )

const later = (at: Date, ms: number) => new Date(at.getTime() + ms)
const drop = { act: 'drop' }
const send = { act: 'send' }

describe('a reminder', () => {
  test('is sent when due, and not before', () => {
    expect(judged({})).toEqual(send)
    expect(judged({}, { now: later(day, -1) })).toEqual({ act: 'wait', until: day })
    expect(judged({ kind: 'visit-hours', at: hours })).toEqual(send)
  })

  test('delayed by an outage is decided again: the day-before one until the next is due, never after the start', () => {
    expect(judged({}, { now: later(hours, -1) })).toEqual(send)
    expect(judged({}, { now: hours })).toEqual(drop)
    const late = { kind: 'visit-hours', at: hours } as const
    expect(judged(late, { now: later(startsAt, -1) })).toEqual(send)
    expect(judged(late, { now: startsAt })).toEqual(drop)
  })

  test.each([
    ['moved', { visit: { ...visit, version: 2 } }],
    ['cancelled', { visit: { ...visit, status: 'cancelled' } }],
    ['done', { visit: { ...visit, status: 'done' } }],
    ['not there', { visit: null }],
    [
      'only for adults, and the member a minor',
      { visit: { ...visit, audience: 'adults' }, member: { id: 'm', role: 'minor', unconfirmedSince: null } },
    ],
    ['of a family that the person has left', { member: null }],
  ] as const)('of a visit that is %s is dropped', (_, of) => {
    expect(judged({}, { of })).toEqual(drop)
  })

  test('waits for the end of the quiet hours, unless the visit has begun by then', () => {
    const visitAt = (at: string) => ({ visit: { ...visit, startsAt: new Date(at) } })
    const early = new Date('2026-11-25T04:00:00Z')
    expect(judged({ at: early }, { of: visitAt('2026-11-26T04:00:00Z') })).toEqual({
      act: 'wait',
      until: new Date('2026-11-25T05:00:00Z'),
    })
    const night = new Date('2026-11-26T02:00:00Z')
    expect(judged({ kind: 'visit-hours', at: night }, { of: visitAt('2026-11-26T04:00:00Z') })).toEqual(drop)
    expect(
      judged({ kind: 'visit-hours', at: night, urgent: true }, { of: visitAt('2026-11-26T04:00:00Z') }),
    ).toEqual(send)
  })
})

describe('news', () => {
  const night = new Date('2026-11-25T19:00:00Z')
  const morning = { act: 'wait', until: new Date('2026-11-26T05:00:00Z') }

  test('waits for the morning, unless that would be too late', () => {
    expect(judged({ kind: 'visit-new', at: night })).toEqual(morning)
    const soon = { ...visit, startsAt: new Date('2026-11-26T04:00:00Z') }
    expect(
      judged({ kind: 'visit-cancelled', at: night }, { of: { visit: { ...soon, status: 'cancelled' } } }),
    ).toEqual(send)
    const movedFrom = soon.startsAt
    expect(
      judged(
        { kind: 'visit-moved', at: night },
        { of: { visit: { ...visit, lastMove: 'time', movedFrom } } },
      ),
    ).toEqual(send)
    expect(judged({ kind: 'visit-moved', at: night })).toEqual(morning)
  })

  test('covers a message only for its own member until it is read, and a plan only in its newest version', () => {
    expect(judged({ kind: 'message' })).toEqual(send)
    expect(judged({ kind: 'message' }, { of: { message: { memberId: 'm', read: true } } })).toEqual(drop)
    expect(judged({ kind: 'message' }, { of: { message: { memberId: 'another', read: false } } })).toEqual(
      drop,
    )
    expect(judged({ kind: 'plan', version: 3 })).toEqual(send)
    expect(judged({ kind: 'plan', version: 2 }, { of: { newerPlanPush: true } })).toEqual(drop)
  })

  test('is dropped for a person without pushes, and held for an unreachable one', () => {
    expect(judged({ kind: 'stage' }, { to: { pushMode: 'none' } })).toEqual(drop)
    expect(judged({ kind: 'stage' }, { to: { unreachable: true } })).toEqual({ act: 'hold' })
  })
})

describe('during a question', () => {
  test('a push waits, at most ten minutes', () => {
    const to = { inQuestion: true }
    expect(judged({}, { to })).toEqual({ act: 'wait', until: later(day, 30_000) })
    expect(judged({}, { to, now: later(day, 10 * minute - 1000) })).toEqual({
      act: 'wait',
      until: later(day, 10 * minute),
    })
    expect(judged({}, { to, now: later(day, 10 * minute) })).toEqual(send)
  })

  test('the ten minutes start when the quiet hours end', () => {
    const at = new Date('2026-11-25T20:00:00Z')
    const morning = new Date('2026-11-26T05:00:00Z')
    expect(judged({ at }, { to: { inQuestion: true }, now: morning })).toEqual({
      act: 'wait',
      until: later(morning, 30_000),
    })
    expect(judged({ at }, { to: { inQuestion: true }, now: later(morning, 10 * minute) })).toEqual(send)
  })
})

describe('an invitation to a survey', () => {
  const expiresAt = later(day, 14 * 86_400_000)
  const survey = { memberId: 'm', open: true, dueAt: day, openedAt: null, expiresAt, urgent: false }
  const invited = { kind: 'survey', subjectId: 's' } as const

  test('is sent to its own member while it may be answered', () => {
    expect(judged(invited, { of: { survey } })).toEqual(send)
    expect(judged({ ...invited, kind: 'survey-again' }, { of: { survey } })).toEqual(send)
    for (const ended of [
      null,
      { ...survey, open: false },
      { ...survey, expiresAt: day },
      { ...survey, memberId: 'other' },
      // Postponed, or found in the menu.
      { ...survey, dueAt: later(day, 1) },
      { ...survey, openedAt: later(day, 1) },
    ])
      expect(judged(invited, { of: { survey: ended } })).toEqual(drop)
  })

  test('waits during an urgent matter, at night, and during a question', () => {
    expect(judged(invited, { of: { survey: { ...survey, urgent: true } } })).toEqual({
      act: 'wait',
      until: later(day, 3_600_000),
    })
    const night = new Date('2026-11-25T19:00:00Z')
    expect(judged({ ...invited, at: night }, { of: { survey } })).toEqual({
      act: 'wait',
      until: new Date('2026-11-26T05:00:00Z'),
    })
    const hoursLater = later(day, 5 * 3_600_000)
    expect(judged(invited, { of: { survey }, to: { inQuestion: true }, now: hoursLater })).toEqual({
      act: 'wait',
      until: later(hoursLater, 600_000),
    })
    expect(judged(invited, { of: { survey }, to: { pushMode: 'none' } })).toEqual(drop)
  })
})
