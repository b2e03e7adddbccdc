import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onDuty } from '#features/routing/duty-hours.ts'
import {
  chooseAssignee,
  type Specialist,
  type AssignmentCriteria,
} from '#features/routing/choose-assignee.ts'
import { specialist, wanted } from '#test/support/specialists.ts'
import { effort } from '#test/support/effort.ts'

// The order of the routing rules, and the invariants for any figures.
const now = new Date('2026-11-24T09:00:00Z')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)

const night = { tue: ['20:00', '08:00'] as [string, string] }

describe('of two', () => {
  test.each<[string, Partial<Specialist>, Partial<AssignmentCriteria>, Partial<Specialist>?]>([
    ['other-territory', { territories: ['south'] }, {}],
    ['absent', { absentUntil: hours(1) }, {}],
    ['unreachable', { unreachable: true }, {}, { open: 9 }],
    ['full', { capacity: 2, open: 2 }, {}, { open: 9 }],
    ['excluded', {}, { excluded: ['a'] }],
    ['excluded', {}, { without: ['a'] }, { open: 9 }],
    ['not-trained', {}, { minor: true }, { minorsTrained: true, languages: ['en'], open: 9 }],
    ['other-language', { languages: ['en'] }, {}, { dutyHours: night, open: 9 }],
    ['off-duty', { dutyHours: night }, {}, { open: 9, openUrgent: 9 }],
    ['more-urgent', { openUrgent: 2, open: 2 }, {}, { openUrgent: 1, open: 9 }],
    ['more-open', { open: 3 }, {}, { open: 2, lastAssignedAt: now }],
    ['newer', { lastAssignedAt: hours(-1) }, {}, { lastAssignedAt: hours(-2) }],
    ['newer', { lastAssignedAt: hours(-1) }, {}, {}],
  ])('the worse one is not chosen: %s', (why, one, of, other = {}) => {
    // By id alone, the rejected one would come first.
    const found = chooseAssignee({ ...wanted, ...of }, [specialist('a', one), specialist('b', other)], now)
    expect(found.choice).toBe('b')
    expect(found.reason.others).toMatchObject([{ id: 'a', why }])
    const barred = ['other-territory', 'absent', 'unreachable', 'full', 'excluded'].includes(why)
    expect(found.reason.by).toBe(barred ? 'only' : why)
    expect(found.next).toEqual(barred ? [] : ['a'])
  })

  test('equal ones, the first by id is chosen', () => {
    const found = chooseAssignee(wanted, [specialist('b'), specialist('a')], now)
    expect(found).toEqual({
      choice: 'a',
      reason: { by: 'equal', others: [{ id: 'b', why: 'equal' }] },
      next: ['b'],
    })
  })
})

test('the figures that decided are in the reason', () => {
  const others = [specialist('b', { open: 3 }), specialist('c', { capacity: 4, open: 4 })]
  expect(chooseAssignee(wanted, [specialist('a', { open: 1 }), ...others], now).reason).toEqual({
    by: 'more-open',
    figure: 1,
    others: [
      { id: 'b', why: 'more-open', figure: 3 },
      { id: 'c', why: 'full', figure: 4 },
    ],
  })
})

test('if nobody serves the territory, everybody qualifies', () => {
  const south = specialist('a', { territories: ['south'] })
  expect(chooseAssignee({ ...wanted, territory: 'other' }, [south], now).choice).toBe('a')
  // Somebody serves it but is unavailable: that does not open it to others.
  const away = specialist('b', { territories: ['north'], absentUntil: hours(1) })
  expect(chooseAssignee(wanted, [south, away], now)).toMatchObject({
    choice: null,
    reason: { by: 'nobody' },
    next: [],
  })
})

test('a former holder gets it again only if there is nobody else, and never when absent or full', () => {
  const again = { ...wanted, excluded: ['a'] }
  expect(chooseAssignee(again, [specialist('a')], now)).toMatchObject({ choice: 'a', reason: { by: 'only' } })
  expect(chooseAssignee(again, [specialist('a', { capacity: 0 })], now).choice).toBeNull()
})

test('if everybody has had it, the least recent holder gets it, whatever their load', () => {
  const all = [specialist('a'), specialist('b', { open: 9 }), specialist('c', { open: 1 })]
  const found = chooseAssignee({ ...wanted, excluded: ['b', 'c', 'a'] }, all, now)
  expect(found).toEqual({
    choice: 'b',
    reason: {
      by: 'held-later',
      others: [
        { id: 'c', why: 'held-later' },
        { id: 'a', why: 'held-later' },
      ],
    },
    next: ['c', 'a'],
  })
})

test('a member who gave it up is excluded, but still counts as serving the territory', () => {
  const south = specialist('b', { territories: ['south'] })
  expect(chooseAssignee({ ...wanted, without: ['a'] }, [specialist('a'), south], now)).toEqual({
    choice: null,
    reason: {
      by: 'nobody',
      others: [
        { id: 'a', why: 'excluded' },
        { id: 'b', why: 'other-territory' },
      ],
    },
    next: [],
  })
})

test('an absence ends at its end time', () => {
  expect(chooseAssignee(wanted, [specialist('a', { absentUntil: now })], now).choice).toBe('a')
})

const territories = ['north', 'south', 'west']
const anySpecialist = (id: string): fc.Arbitrary<Specialist> =>
  fc.record({
    id: fc.constant(id),
    territories: fc.subarray(territories),
    languages: fc.subarray(['ru', 'en']),
    minorsTrained: fc.boolean(),
    capacity: fc.option(fc.integer({ min: 0, max: 4 })),
    dutyHours: fc.constantFrom(null, {}, night, { tue: ['09:00', '18:00'] as [string, string] }),
    absentUntil: fc.constantFrom(null, hours(-1), now, hours(1)),
    unreachable: fc.boolean(),
    open: fc.integer({ min: 0, max: 5 }),
    openUrgent: fc.integer({ min: 0, max: 2 }),
    lastAssignedAt: fc.constantFrom(null, hours(-2), hours(-1)),
  })
const ids = ['a', 'b', 'c', 'd', 'e', 'f']
const anySpecialists = fc.tuple(...ids.map(anySpecialist)).chain((all) => fc.subarray(all))
const anyWanted: fc.Arbitrary<AssignmentCriteria> = fc.record({
  territory: fc.constantFrom(...territories, 'other'),
  minor: fc.boolean(),
  language: fc.constantFrom('ru' as const, 'en' as const),
  excluded: fc.shuffledSubarray(ids),
  without: fc.subarray(ids, { maxLength: 2 }),
  timeZone: fc.constant(wanted.timeZone),
})
const runs = { numRuns: effort('ROUTING_RUNS', { check: 1_000, full: 5_000 }) }

describe('for any figures', () => {
  test('never chooses an absent, unreachable, full or other-territory specialist; always chooses one if possible', () => {
    const holds = (of: AssignmentCriteria, all: Specialist[]) => {
      const served = all.some((one) => one.territories.includes(of.territory))
      const able = all.filter(
        (one) =>
          (!served || one.territories.includes(of.territory)) &&
          !(one.absentUntil && one.absentUntil > now) &&
          !one.unreachable &&
          (one.capacity === null || one.open < one.capacity) &&
          !of.without.includes(one.id),
      )
      const { choice, next } = chooseAssignee(of, all, now)
      expect(choice === null).toBe(able.length === 0)
      for (const id of choice === null ? [] : [choice, ...next])
        expect(able.map((one) => one.id)).toContain(id)
      if (able.some(({ id }) => !of.excluded.includes(id))) expect(of.excluded).not.toContain(choice)
    }
    fc.assert(fc.property(anyWanted, anySpecialists, holds), runs)
  })

  test('repeated routing visits every eligible specialist in turn', () => {
    fc.assert(
      fc.property(anyWanted, anySpecialists, (of, all) => {
        const { choice, next } = chooseAssignee({ ...of, excluded: [] }, all, now)
        const able = choice === null ? [] : [choice, ...next].sort()
        let excluded: string[] = []
        const asked = Array.from({ length: 3 * able.length }, () => {
          const again = chooseAssignee({ ...of, excluded }, all, now).choice
          excluded = [...excluded.filter((id) => id !== again), ...(again === null ? [] : [again])]
          return again
        })
        for (let round = 0; round < 3; round += 1)
          expect(asked.slice(round * able.length, (round + 1) * able.length).sort()).toEqual(able)
        // Never the same one twice in a row if there is another.
        if (able.length > 1)
          expect(asked.filter((id, index) => index > 0 && id === asked[index - 1])).toEqual([])
      }),
      runs,
    )
  })

  test('the order of the list does not matter', () => {
    const shuffled = anySpecialists.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    fc.assert(
      fc.property(anyWanted, shuffled, (of, [all, mixed]) => {
        expect(chooseAssignee(of, mixed, now)).toEqual(chooseAssignee(of, all, now))
      }),
      runs,
    )
  })

  test('without the choice, the runner-up is chosen', () => {
    fc.assert(
      fc.property(anyWanted, anySpecialists, (of, all) => {
        const { choice, next } = chooseAssignee(of, all, now)
        fc.pre(next.length > 0)
        const rest = all.filter(({ id }) => id !== choice)
        // If only the choice served the territory, it had no rival.
        expect(chooseAssignee(of, rest, now)).toMatchObject({ choice: next[0], next: next.slice(1) })
      }),
      runs,
    )
  })

  test('each rule yields only to the rules before it', () => {
    const keys: ((one: Specialist, of: AssignmentCriteria) => number)[] = [
      (one, of) => of.excluded.indexOf(one.id),
      (one, of) => (of.minor && !one.minorsTrained ? 1 : 0),
      (one, of) => (one.languages.includes(of.language) ? 0 : 1),
      (one) => (onDuty(one.dutyHours, now, wanted.timeZone) ? 0 : 1),
      (one) => one.openUrgent,
      (one) => one.open,
      (one) => one.lastAssignedAt?.getTime() ?? 0,
    ]
    fc.assert(
      fc.property(anyWanted, anySpecialists, (of, all) => {
        const { choice, next } = chooseAssignee(of, all, now)
        const ordered = [choice, ...next].map((id) => all.find((one) => one.id === id))
        for (const [index, later] of ordered.entries()) {
          const before = ordered[index - 1]
          if (!before || !later) continue
          const differs = keys.find((key) => key(before, of) !== key(later, of))
          if (differs) expect(differs(before, of)).toBeLessThan(differs(later, of))
          else expect(before.id < later.id).toBe(true)
        }
      }),
      runs,
    )
  })

  test('every rejected specialist has a reason', () => {
    fc.assert(
      fc.property(anyWanted, anySpecialists, (of, all) => {
        const { choice, reason } = chooseAssignee(of, all, now)
        expect(reason.others.map(({ id }) => id).sort()).toEqual(
          all.map(({ id }) => id).filter((id) => id !== choice),
        )
      }),
      runs,
    )
  })
})
