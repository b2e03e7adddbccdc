import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  documentOf,
  type EditedPlan,
  editedOf,
  mergeEdited,
  moved,
  typedOver,
  withNew,
  without,
} from '#features/plan/edit/edited-plan.ts'
import { planSchema } from '#features/plan/plan-document.ts'
import { anActivity, aPlan } from '#test/support/plan.ts'

const codes = ['a', 'b', 'c', 'd']
const document = planSchema.parse(
  aPlan([
    anActivity('a', { when: { kind: 'once', on: '2026-12-01', at: '10:00' } }),
    anActivity('b', {
      when: { kind: 'weekly', from: '2026-12-01', until: '2027-01-31', every: 2, days: ['mon', 'fri'] },
    }),
    anActivity('c', {
      when: { kind: 'monthly', from: '2026-12-01', until: '2027-01-31', every: 1, day: 31 },
    }),
    anActivity('d', { place: 'Центр', familyPart: 'Прийти' }),
  ]),
)
const base = editedOf(document, 1)

const edit = fc.oneof(
  fc.record({ code: fc.constantFrom(...codes), by: fc.constantFrom(-1, 1) }).map(
    ({ code, by }) =>
      (plan: EditedPlan) =>
        moved(plan, code, by),
  ),
  fc.constantFrom(...codes).map((code) => (plan: EditedPlan) => without(plan, code)),
  fc.record({ code: fc.constantFrom(...codes), plain: fc.string() }).map(
    ({ code, plain }) =>
      (plan: EditedPlan) =>
        typedOver(plan, code, { plain }),
  ),
  fc.string().map((goal) => (plan: EditedPlan) => ({ ...plan, goal })),
  fc.constant((plan: EditedPlan) => withNew(plan, new Set(codes)).plan),
)
const edits = fc.array(edit, { maxLength: 8 }).map((all) => all.reduce((plan, one) => one(plan), base))

test('what nobody typed over is the same document', () => {
  expect(planSchema.parse(documentOf(base))).toStrictEqual(document)
})

test('codes stay unique, and a merge loses nothing of either side', () => {
  fc.assert(
    fc.property(edits, edits, (mine, theirs) => {
      const latest = { ...theirs, base: 2 }
      const unique = (plan: EditedPlan) =>
        new Set(plan.activities.map(({ code }) => code)).size === plan.activities.length
      expect(unique(mine)).toBe(true)
      // Where nobody else has published anything, mine holds; where I typed nothing, theirs does.
      expect(mergeEdited(base, { ...base, base: 2 }, mine)).toEqual({ ...mine, base: 2 })
      const untouched = mergeEdited(base, latest, base)
      expect(new Set(untouched.activities)).toEqual(new Set(latest.activities))
      expect({ ...untouched, activities: [] }).toEqual({ ...latest, activities: [] })
      const merged = mergeEdited(base, latest, mine)
      expect(merged.base).toBe(2)
      for (const one of mine.activities)
        if (!base.activities.some((was) => JSON.stringify(was) === JSON.stringify(one)))
          expect(merged.activities).toContainEqual(one)
    }),
  )
})
