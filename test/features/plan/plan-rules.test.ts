import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { planSchema } from '#features/plan/plan-document.ts'
import { findPlanFaults } from '#features/plan/plan-rules.ts'
import { region } from '#regions/index.ts'
import { supportLevels } from '#storage/families/families.ts'
import { type ActivityBody, anActivity, aPlan, type PlanBody } from '#test/support/plan.ts'

const today = Temporal.PlainDate.from('2026-11-25')
const stavropol = region('stavropol')
const faults = (body: PlanBody, against: Partial<Parameters<typeof findPlanFaults>[1]> = {}) =>
  findPlanFaults(planSchema.parse(body), { region: stavropol, members: [], today, ...against }).map(
    ({ pointer, problem }) => `${pointer} ${problem}`,
  )
const weekly = (from: string, until: string): ActivityBody['when'] => ({
  kind: 'weekly',
  from,
  until,
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
})

describe('a plan of a region', () => {
  test.each([
    ['adaptation', '2027-11-23'],
    ['basic', '2027-11-23'],
    ['crisis', '2027-05-23'],
    ['emergency', '2027-02-23'],
  ] as const)('of the level %s ends by %s (Stavropol 6.11)', (level, last) => {
    const after = Temporal.PlainDate.from(last).add({ days: 1 }).toString()
    const plan = (until: string) => aPlan([anActivity('a')], { level, until })
    expect(faults(plan(last))).toEqual([])
    expect(faults(plan(after))).toEqual(['#/until too-long'])
    // Nyagan's leaflet names no lengths: the default holds there.
    expect(faults(plan(after), { region: region('nyagan') })).toEqual(['#/until too-long'])
  })

  test('that starts on 29 February may last its full months', () => {
    const plan = (until: string) =>
      aPlan([anActivity('a', { when: { kind: 'once', on: '2028-02-29' } })], {
        from: '2028-02-29',
        level: 'basic',
        until,
      })
    expect(faults(plan('2029-02-28'))).toEqual([])
    expect(faults(plan('2029-03-01'))).toEqual(['#/until too-long'])
  })

  test('may have only the kinds of help of the region', () => {
    const some = { ...stavropol, helpKinds: ['medical' as const] }
    expect(faults(aPlan([anActivity('a')]), { region: some })).toEqual(['#/activities/0/kind kind-unknown'])
  })

  test('names help of the catalogue of the region, and of its kind', () => {
    const named = (catalogueCode: string, code: 'stavropol' | 'novgorod' | 'nyagan') =>
      faults(aPlan([{ ...anActivity('a'), kind: 'pedagogical', catalogueCode }]), { region: region(code) })
    expect(named('pedagogical-4', 'stavropol')).toEqual([])
    expect(named('legal-3', 'stavropol')).toEqual(['#/activities/0/catalogueCode catalogue-kind'])
    expect(named('legal-3', 'nyagan')).toEqual(['#/activities/0/catalogueCode catalogue-unknown'])
    // A practice may be help of any kind.
    expect(named('nanny-by-the-hour', 'novgorod')).toEqual([])
  })

  test('reports all problems at once, each with its location', () => {
    const daughter = '018f3a5e-0000-7000-8000-000000000001'
    const minors = { audience: 'minors' as const, memberIds: [daughter, daughter] }
    const members = [{ id: daughter, role: 'minor' as const }]
    const body = aPlan([
      anActivity('same', { when: { kind: 'once', on: '2026-11-22' } }),
      anActivity('same', minors),
      anActivity('c', { when: { ...weekly('2027-05-01', '2027-06-01'), days: ['mon', 'mon'] } as never }),
    ])
    expect(faults(body, { members })).toEqual([
      '#/activities/0/when/on outside',
      '#/activities/1/code twice',
      '#/activities/1/memberIds/1 twice',
      '#/activities/2/when/until outside',
      '#/activities/2/when/days/1 twice',
    ])
    expect(faults(body)).toContain('#/activities/1/memberIds/0 not-a-minor')
  })

  test('checks two hundred activities over a hundred years without delay', () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      anActivity(`a${index}`, { when: weekly('2000-01-01', '2099-12-31') }),
    )
    const since = performance.now()
    expect(faults(aPlan(many))).toHaveLength(400)
    expect(performance.now() - since).toBeLessThan(2_000)
  })

  test('is valid exactly if it fits into the months of its level, whatever day it starts on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000 }),
        fc.integer({ min: 0, max: 500 }),
        fc.constantFrom(...supportLevels),
        (offset, length, level) => {
          const from = today.add({ days: offset })
          const until = from.add({ days: length })
          const on = String(from)
          const body = aPlan([anActivity('a', { when: { kind: 'once', on } })], {
            from: on,
            until: String(until),
            level,
          })
          const longest = from.add({ months: stavropol.supportMonths[level].value })
          const fits = Temporal.PlainDate.compare(until, longest) <= 0
          expect(faults(body)).toEqual(fits ? [] : ['#/until too-long'])
        },
      ),
    )
  })
})
