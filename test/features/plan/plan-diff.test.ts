import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffPlans, isEmptyDiff, samePlan } from '#features/plan/plan-diff.ts'
import { type PlannedActivity, planSchema } from '#features/plan/plan-document.ts'
import { anActivity, aPlan } from '#test/support/plan.ts'

const activity = (code: string, more: Partial<PlannedActivity> = {}): PlannedActivity => ({
  ...(anActivity(code) as PlannedActivity),
  ...more,
})

const anyActivity = fc
  .record({
    plain: fc.constantFrom('Раз', 'Два'),
    place: fc.constantFrom(undefined, 'Школа', 'Центр'),
    on: fc.constantFrom('2026-12-02', '2026-12-03'),
    audience: fc.constantFrom('family' as const, 'adults' as const),
  })
  .map(({ plain, place, on, audience }) => ({
    ...(place && { place }),
    plain,
    audience,
    when: { kind: 'once' as const, on },
  }))
/** A subset of ten codes, in any order. */
const anyPlan = fc
  .uniqueArray(fc.integer({ min: 0, max: 9 }))
  .chain((codes) => fc.tuple(...codes.map((code) => anyActivity.map((more) => activity(`a${code}`, more)))))

const codesOf = (list: readonly { code: string }[]) => list.map(({ code }) => code).sort()

describe('differences between two versions of a plan', () => {
  test('an activity is added, removed, moved or changed, and a move takes precedence over other changes', () => {
    const [stays, moves, changes, goes] = ['stays', 'moves', 'changes', 'goes'].map((code) => activity(code))
    const before = [stays, moves, changes, goes] as PlannedActivity[]
    const after = [
      activity('changes', { responsible: 'Марина' }),
      activity('comes'),
      activity('moves', { place: 'Школа', plain: 'Иначе' }),
      activity('stays'),
    ]
    expect(diffPlans(before, after)).toMatchObject({
      added: [{ code: 'comes' }],
      removed: [{ code: 'goes' }],
      moved: [{ after: { code: 'moves' }, fields: ['plain', 'place'] }],
      changed: [{ after: { code: 'changes' }, fields: ['responsible'] }],
      same: [{ code: 'stays' }],
    })
  })

  test('the order of days and minors is ignored, and so is an empty list of minors', () => {
    const weekly = { kind: 'weekly', from: '2026-12-01', until: '2026-12-31', every: 1 } as const
    const minors = { audience: 'minors', memberIds: ['a', 'b'] } as const
    const before = [
      activity('days', { when: { ...weekly, days: ['tue', 'mon'] } }),
      activity('minors', { ...minors, memberIds: ['b', 'a'] }),
      activity('nobody', { memberIds: [] }),
    ]
    const after = [
      activity('days', { when: { ...weekly, days: ['mon', 'tue'] } }),
      activity('minors', { ...minors, memberIds: ['a', 'b'] }),
      activity('nobody'),
    ]
    expect(isEmptyDiff(diffPlans(before, after))).toBe(true)
  })

  test('a plan equals itself', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        expect(isEmptyDiff(diffPlans(plan, structuredClone(plan)))).toBe(true)
      }),
    )
  })

  test('every code of either appears in exactly one list', () => {
    fc.assert(
      fc.property(anyPlan, anyPlan, (before, after) => {
        const { added, removed, moved, changed, same } = diffPlans(before, after)
        const listed = [...added, ...removed, ...same, ...[...moved, ...changed].map((one) => one.after)]
        const codes = new Set([...before, ...after].map(({ code }) => code))
        expect(codesOf(listed)).toEqual([...codes].sort())
      }),
    )
  })

  test('the reverse difference is symmetrical', () => {
    fc.assert(
      fc.property(anyPlan, anyPlan, (before, after) => {
        const [there, back] = [diffPlans(before, after), diffPlans(after, before)]
        expect(codesOf(there.added)).toEqual(codesOf(back.removed))
        expect(codesOf(there.removed)).toEqual(codesOf(back.added))
        const pairs = (list: typeof there.moved) =>
          list.map(({ before, after, fields }) => ({ [before.code]: [before, after], fields }))
        const turned = (list: typeof there.moved) =>
          list.map(({ before, after, fields }) => ({ before: after, after: before, fields }))
        const byCode = (list: ReturnType<typeof pairs>) => list.map((one) => JSON.stringify(one)).sort()
        for (const group of ['moved', 'changed'] as const)
          expect(byCode(pairs(there[group]))).toEqual(byCode(pairs(turned(back[group]))))
      }),
    )
  })

  test('applying the difference to the earlier version gives the later one', () => {
    fc.assert(
      fc.property(anyPlan, anyPlan, (before, after) => {
        const { added, removed, moved, changed } = diffPlans(before, after)
        const applied = new Map(before.map((one) => [one.code, one]))
        for (const { code } of removed) applied.delete(code)
        for (const one of [...added, ...[...moved, ...changed].map(({ after }) => after)])
          applied.set(one.code, one)
        const inOrder = (list: Iterable<PlannedActivity>) =>
          [...list].sort((a, b) => a.code.localeCompare(b.code))
        expect(inOrder(applied.values())).toEqual(inOrder(after))
      }),
    )
  })

  test('equivalent documents are equal', () => {
    const plan = aPlan([anActivity('one')])
    const [first] = plan.activities
    const turned = Object.fromEntries(Object.entries({ ...plan, activities: [{ ...first }] }).reverse())
    const spaced = { ...turned, goal: `  ${plan.goal}\u200F ` }
    expect(samePlan(planSchema.parse(plan), planSchema.parse(spaced))).toBe(true)
    expect(samePlan(planSchema.parse(plan), planSchema.parse({ ...plan, goal: 'Иная' }))).toBe(false)
  })
})
