import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audiences, canSee } from '#features/families/audience.ts'
import { isInForce, type SafetyFact, safetyKindsIn } from '#features/families/safety-facts.ts'
import {
  defaultAudience,
  warningsAgainst,
  warningsAgainstAudience,
} from '#features/families/safety-override.ts'
import { isConfidentialOnly, unsafeChoices } from '#features/plan/confidential-plan.ts'
import { type PlanDocument, planSchema } from '#features/plan/plan-document.ts'
import { activitiesForMember } from '#features/plan/plan-for-member.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import { anActivity, aPlan } from '#test/support/plan.ts'

const now = new Date('2026-11-28T09:00:00Z')
const fact = (memberId: string, more: Partial<SafetyFact> = {}): SafetyFact => ({
  id: `fact-${memberId}`,
  familyId: 'family',
  memberId,
  kind: 'parents-unsafe',
  role: 'minor',
  since: now,
  until: null,
  requestId: null,
  staffId: null,
  apiKeyId: null,
  endedByStaffId: null,
  endedByKeyId: null,
  ...more,
})

test.each([
  [{ parents: 'unsafe', safeToCall: 'no', safeToWrite: 'no' }, ['parents-unsafe', 'no-calls', 'no-messages']],
  [{ parents: 'later', safeToCall: 'yes', safeToWrite: 'yes' }, []],
  [{ parents: 'yes', safeToWrite: 'no' }, ['no-messages']],
  [{}, []],
] as const)('what a request says: %j', (contact, kinds) => {
  expect(safetyKindsIn(contact, 'minor')).toEqual(kinds)
  expect(safetyKindsIn(contact, 'parent')).toEqual(kinds.filter((kind) => kind !== 'parents-unsafe'))
})

test('a fact is in force until the moment it ends', () => {
  const at = (ms: number) => ({ until: new Date(now.getTime() + ms) })
  expect([isInForce({ until: null }, now), isInForce(at(1), now), isInForce(at(0), now)]).toEqual([
    true,
    true,
    false,
  ])
})

test('a minor who is unsafe at home warns against adults, and any fact against a new link for one who has joined', () => {
  const facts = [
    fact('dasha'),
    fact('dasha', { kind: 'no-calls' }),
    fact('olga', { role: 'parent', kind: 'no-messages' }),
  ]
  const first = { id: 'new', replaces: false }
  expect(warningsAgainst(facts, { ...first, role: 'parent' })).toEqual([facts[0]])
  expect(warningsAgainst(facts, { ...first, role: 'representative' })).toEqual([facts[0]])
  expect(warningsAgainst(facts, { ...first, role: 'minor' })).toEqual([])
  expect(warningsAgainst(facts, { id: 'misha', role: 'minor', replaces: true })).toEqual(facts)
  expect(warningsAgainst(facts, { id: 'olga', role: 'parent', replaces: true })).toEqual([facts[0], facts[2]])
  expect(warningsAgainst(facts, { id: 'pavel', role: 'parent', replaces: true })).toEqual([facts[0]])
})

test('the default audience never shows adults what is for a minor who is unsafe at home', () => {
  const facts = [fact('dasha')]
  expect(defaultAudience(facts, ['dasha', 'misha'])).toBe('confidential')
  expect(defaultAudience(facts, ['misha'])).toBe('minors')
  expect(defaultAudience(facts, [])).toBeNull()
  expect(defaultAudience([], [])).toBe('family')
})

const [a, b, c] = [1, 2, 3].map((nth) => `018f3a5e-0000-7000-8000-00000000000${nth}`) as [
  string,
  string,
  string,
]
const member = fc.record({
  memberId: fc.constantFrom(a, b, c),
  role: fc.constantFrom(...memberRoles),
  unconfirmed: fc.boolean(),
})
const target = fc.record({
  audience: fc.constantFrom(...audiences),
  memberIds: fc.uniqueArray(fc.constantFrom(a, b, c)),
})

test('what is confidential is seen by the named minors whose account is certain, and by nobody else', () => {
  fc.assert(
    fc.property(member, target, (who, { memberIds }) => {
      const seen = canSee(who, { audience: 'confidential', memberIds })
      expect(seen).toBe(who.role === 'minor' && !who.unconfirmed && memberIds.includes(who.memberId))
    }),
  )
})

test('an audience without a warning hides everything of unsafe minors from adults, or is for others', () => {
  fc.assert(
    fc.property(target, (to) => {
      if (to.audience !== 'minors') return
      const warned = warningsAgainstAudience([fact(a)], to).length > 0
      expect(warned).toBe(canSee({ memberId: a, role: 'minor', unconfirmed: false }, to))
    }),
  )
})

const activity = fc
  .record({ code: fc.constantFrom('one', 'two', 'six'), plain: fc.constantFrom('Дело', 'Слово'), to: target })
  .map(({ code, plain, to }) => anActivity(code, { plain, ...to }))
const document = fc
  .uniqueArray(activity, { selector: ({ code }) => code, minLength: 1 })
  .map((activities): PlanDocument => planSchema.parse(aPlan(activities)))

test('adults learn of a version exactly if something changed that they see', () => {
  fc.assert(
    fc.property(document, document, (before, after) => {
      const shown = ({ activities }: PlanDocument) =>
        activitiesForMember(activities, { memberId: 'p', role: 'parent', unconfirmed: false })
          .map((one) => ({ ...one, memberIds: (one.memberIds ?? []).toSorted() }))
          .filter(({ audience }) => audience !== 'confidential')
      const same = JSON.stringify(shown(before)) === JSON.stringify(shown(after))
      expect(isConfidentialOnly(before, after)).toBe(same)
      expect(isConfidentialOnly(before, before)).toBe(true)
      expect(isConfidentialOnly(null, after)).toBe(shown(after).length === 0)
    }),
  )
})

test('what was decided for the version before is not asked again', () => {
  fc.assert(
    fc.property(document, (plan) => {
      const facts = [fact(a)]
      expect(unsafeChoices(plan, { current: plan, facts })).toEqual([])
      const asked = plan.activities.some(
        ({ audience, memberIds = [] }) =>
          audience === 'minors' && (memberIds.length === 0 || memberIds.includes(a)),
      )
      expect(unsafeChoices(plan, { current: null, facts })).toEqual(asked ? facts : [])
    }),
  )
})
