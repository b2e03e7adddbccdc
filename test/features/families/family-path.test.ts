import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { pathOf, stageStartsOf } from '#features/families/path.ts'
import { region, regionCodes } from '#regions/index.ts'

const stavropol = region('stavropol')
const at = (text: string) => new Date(text)
const applied = at('2026-11-25T07:00:00Z')
const facts = { stage: 'registered', appliedAt: applied, began: [], closed: false }

const states = (stage: string, given: Partial<typeof facts> = {}) =>
  pathOf(stavropol, { ...facts, stage, ...given }, applied).stages.map(({ state }) => state)

const due = (stage: string, now: string, began: { stage: string; at: Date }[] = []) => {
  const { deadline } = pathOf(stavropol, { ...facts, stage, began }, at(now))
  return deadline && [deadline.code, String(deadline.due.date), deadline.daysLeft, deadline.overdue]
}

describe('the stages of a family', () => {
  test('are done, current and next, each with its end date', () => {
    const began = [
      { stage: 'home-survey', at: at('2026-11-26T07:00:00Z') },
      { stage: 'commission-decision', at: at('2026-12-01T07:00:00Z') },
    ]
    const { stages } = pathOf(stavropol, { ...facts, stage: 'commission-decision', began }, applied)
    expect(stages.slice(0, 5)).toEqual([
      { code: 'registered', state: 'done', at: applied },
      { code: 'home-survey', state: 'done', at: at('2026-12-01T07:00:00Z') },
      // Skipped: its date is unknown.
      { code: 'consilium', state: 'done', at: null },
      { code: 'commission-decision', state: 'now', since: at('2026-12-01T07:00:00Z') },
      { code: 'ipss', state: 'next' },
    ])
  })

  test('that began again count from then, and later ones are still to come', () => {
    const days = ['2026-12-01', '2026-12-07', '2026-12-09'].map((day) => at(`${day}T07:00:00Z`))
    const began = ['ipss', 'ipss-approval', 'ipss'].map((stage, nth) => ({ stage, at: days[nth] ?? applied }))
    const shown = (stage: string, more: typeof began = []) =>
      pathOf(stavropol, { ...facts, stage, began: [...began, ...more] }, applied).stages.slice(4, 6)
    expect(shown('ipss')).toEqual([
      { code: 'ipss', state: 'now', since: days[2] },
      { code: 'ipss-approval', state: 'next' },
    ])
    const later = at('2027-03-25T07:00:00Z')
    expect(shown('ipss-approval', [{ stage: 'ipss-approval', at: later }])).toEqual([
      { code: 'ipss', state: 'done', at: later },
      { code: 'ipss-approval', state: 'now', since: later },
    ])
  })

  test('end with the support: stages that were not reached are hidden', () => {
    expect(states('activities', { closed: true })).toEqual(Array(8).fill('done'))
    expect(pathOf(stavropol, { ...facts, closed: true }, applied).deadline).toBeNull()
  })

  it.each(regionCodes)('are in order at any stage, whatever the history (%s)', (code) => {
    const rules = region(code)
    const moment = fc.date({ min: at('2026-01-01'), max: at('2027-12-31'), noInvalidDate: true })
    const event = fc.record({ stage: fc.constantFrom(...rules.stages), at: moment })
    const given = fc.record({
      stage: fc.constantFrom(...rules.stages),
      appliedAt: moment,
      began: fc.array(event),
      closed: fc.boolean(),
    })
    fc.assert(
      fc.property(given, moment, (one, now) => {
        const { stages, deadline } = pathOf(rules, one, now)
        const order = stages.map(({ state }) => ['done', 'now', 'next'].indexOf(state))
        expect(order).toEqual(order.toSorted((a, b) => a - b))
        expect(stages.filter(({ state }) => state === 'now')).toHaveLength(one.closed ? 0 : 1)
        expect(stages.map((stage) => stage.code)).toEqual(rules.stages.slice(0, stages.length))
        if (!deadline) return
        expect(deadline.overdue).toBe(now > deadline.due.instant)
        if (deadline.overdue) expect([deadline.daysLeft, deadline.lastDay]).toEqual([0, false])
      }),
    )
  })
})

describe('the nearest deadline', () => {
  test('of an application is the decision, five working days later; also a day before and after', () => {
    expect(due('registered', '2026-11-25T08:00:00Z')).toEqual(['commission-decision', '2026-12-02', 5, false])
    expect(due('registered', '2026-12-01T20:59:00Z')?.slice(2)).toEqual([1, false])
    expect(due('registered', '2026-12-02T20:59:59Z')?.slice(2)).toEqual([0, false])
    expect(due('registered', '2026-12-02T21:00:00Z')?.slice(2)).toEqual([0, true])
  })

  test('of the home survey is three calendar days after its start, also on a day off', () => {
    const began = [{ stage: 'home-survey', at: at('2026-11-26T07:00:00Z') }]
    expect(due('home-survey', '2026-11-27T07:00:00Z', began)).toEqual(['home-survey', '2026-11-29', 0, false])
    const last = pathOf(stavropol, { ...facts, stage: 'home-survey', began }, at('2026-11-29T07:00:00Z'))
    expect(last.deadline?.lastDay).toBe(true)
  })

  test('of the contract is one working day after the approval, which ended when the next stage began', () => {
    const approved = [{ stage: 'contract', at: at('2026-12-04T07:00:00Z') }]
    expect(due('contract', '2026-12-04T08:00:00Z', approved)).toEqual(['contract', '2026-12-07', 1, false])
    // Unknown during the approval.
    expect(due('ipss-approval', '2026-12-04T08:00:00Z')?.[0]).toBe('ipss-copy')
    expect(due('activities', '2026-12-10T08:00:00Z', approved)).toBeNull()
  })

  test('follows the production calendar across New Year', () => {
    const late = { ...facts, appliedAt: at('2026-12-28T07:00:00Z') }
    const { deadline } = pathOf(stavropol, late, at('2026-12-31T07:00:00Z'))
    expect([String(deadline?.due.date), deadline?.daysLeft]).toEqual(['2027-01-13', 3])
  })

  test('falls back to the default if the region has none, and is marked so', () => {
    const { deadline } = pathOf(region('nyagan'), { ...facts, stage: 'identified' }, applied)
    expect(deadline).toMatchObject({ code: 'commission-decision', byDefault: true })
    expect(pathOf(stavropol, facts, applied).deadline?.byDefault).toBe(false)
  })

  it.each(regionCodes)('refers only to existing stages (%s)', (code) => {
    const { stages, stageDeadlines, stageEvents } = region(code)
    for (const stage of Object.keys(stageDeadlines)) expect(stages).toContain(stage)
    for (const { stage } of Object.values(stageEvents)) expect(stages).toContain(stage)
  })
})

test('only stage events count as stage starts', () => {
  const events = [
    { kind: 'created', detail: null, at: applied },
    { kind: 'stage', detail: 'ipss', at: applied },
  ]
  expect(stageStartsOf(events)).toEqual([{ stage: 'ipss', at: applied }])
})
