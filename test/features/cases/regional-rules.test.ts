import { expect, it, test } from 'vitest'
import { countTerms } from '#features/cases/count-terms.ts'
import { groundsOf } from '#features/cases/grounds.ts'
import { placeOf } from '#features/cases/next-term.ts'
import type { CaseEventKind } from '#regions/case-rules.ts'
import { region, regionCodes } from '#regions/index.ts'

// What the texts say of events, region by region; how events are recorded is shown elsewhere.

const rules = (code: (typeof regionCodes)[number]) => {
  const { stages, caseRules } = region(code)
  return {
    stages,
    back: (kind: CaseEventKind) => caseRules.events[kind]?.back,
    clause: (kind: CaseEventKind) => caseRules.events[kind]?.clause,
    /** The stage at which the case stands after it. */
    leadsTo: (kind: CaseEventKind) => stages[placeOf(region(code), kind) ?? -1],
  }
}

it.each([
  ['stavropol', '6.8', 'ipss'],
  ['nyagan', 'algorithm 2', 'ipss'],
  ['chelyabinsk', 'product', 'curator'],
  ['novgorod', '3.5', 'contract'],
  ['crimea', '5', 'need'],
] as const)('%s: the decision on the need (%s) is an event, which leads to %s', (code, clause, next) => {
  const { leadsTo, clause: clauseOf } = rules(code)
  expect([clauseOf('need-recognised'), leadsTo('need-recognised')]).toEqual([clause, next])
})

it.each([
  ['stavropol', 'ipss', 'contract'],
  ['nyagan', 'ipss', 'contract'],
  ['novgorod', 'agreed-plan', 'activities'],
] as const)('%s: a rejected plan goes back to %s, an approved one on to %s', (code, plan, next) => {
  const { back, leadsTo } = rules(code)
  expect([back('ipss-rejected'), leadsTo('ipss-approved')]).toEqual([plan, next])
})

it.each(regionCodes)('%s: support that goes on leads back to the plan', (code) => {
  const { back, stages } = rules(code)
  const plan = code === 'novgorod' ? 'agreed-plan' : 'ipss'
  expect(back('continued')).toBe(plan)
  expect(stages.indexOf(plan)).toBeLessThan(stages.indexOf('activities'))
})

test('Novgorod: the authorised body gets the information before the need, then come the five stages of 3.5', () => {
  const { stages, leadsTo } = rules('novgorod')
  expect(leadsTo('sent-to-commission')).toBe('need')
  expect(leadsTo('contract')).toBe('search')
  expect(stages.slice(stages.indexOf('contract') + 1)).toEqual([
    'search',
    'agreed-plan',
    'activities',
    'reflection',
    'post-support',
  ])
})

test('Crimea: the need for support is found in the course of the services, before the programme', () => {
  const { leadsTo, clause } = rules('crimea')
  expect([clause('first-diagnosis'), leadsTo('first-diagnosis')]).toEqual(['9 (1)', 'ipss'])
})

test('Chelyabinsk: the final diagnosis leads to the decision whether to go on', () => {
  expect(rules('chelyabinsk').leadsTo('final-diagnosis')).toBe('closing-decision')
})

test('Stavropol: support ends on the three grounds of 6.20; where a text has none, on the product’s', () => {
  expect(groundsOf(region('stavropol'))).toEqual([
    { code: 'family-wish', source: { clause: '6.20 (1)' } },
    { code: 'goals-reached', source: { clause: '6.20 (2)' } },
    { code: 'moved-away', source: { clause: '6.20 (3)' } },
  ])
  for (const code of regionCodes)
    if (code !== 'stavropol')
      expect(groundsOf(region(code)).every(({ source }) => source === 'default')).toBe(true)
})

const dues = (
  code: (typeof regionCodes)[number],
  term: string,
  kinds: Record<string, string>,
  today: string,
) => {
  const events = Object.entries(kinds).map(([kind, day]) => ({ kind, day, round: 1, detail: null }))
  const openingStage = region(code).stages[0] ?? ''
  const record = { events, openingStage, level: 'basic' as const, contactAfter: true }
  return countTerms(region(code), record, today)
    .filter((one) => one.code === term)
    .map(({ dueOn, byDefault }) => [dueOn, byDefault])
}

it.each([
  ['stavropol', false],
  ['nyagan', true],
  ['chelyabinsk', true],
  ['novgorod', true],
  ['crimea', false],
] as const)(
  '%s: interim diagnosis is due every three months of the plan, by default: %s',
  (code, byDefault) => {
    expect(dues(code, 'interim-diagnosis', { 'ipss-began': '2026-11-30' }, '2027-03-01')).toEqual([
      ['2027-02-28', byDefault],
      ['2027-05-30', byDefault],
    ])
  },
)

it.each([
  ['chelyabinsk', false],
  ['novgorod', true],
] as const)(
  '%s: after the end the family is looked after every three months, if they stay in touch; by default: %s',
  (code, byDefault) => {
    expect(dues(code, 'after-look', { closed: '2026-11-30' }, '2027-03-01')).toEqual([
      ['2027-02-28', byDefault],
      ['2027-05-30', byDefault],
    ])
  },
)
