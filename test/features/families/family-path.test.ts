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
  test('are done, now and next, each with the day on which it was over', () => {
    const began = [
      { stage: 'home-survey', at: at('2026-11-26T07:00:00Z') },
      { stage: 'commission-decision', at: at('2026-12-01T07:00:00Z') },
    ]
    const { stages } = pathOf(stavropol, { ...facts, stage: 'commission-decision', began }, applied)
    expect(stages.slice(0, 5)).toEqual([
      { code: 'registered', state: 'done', at: applied },
      { code: 'home-survey', state: 'done', at: at('2026-12-01T07:00:00Z') },
      // It was left out: nobody knows a day.
      { code: 'consilium', state: 'done', at: null },
      { code: 'commission-decision', state: 'now', since: at('2026-12-01T07:00:00Z') },
      { code: 'ipss', state: 'next' },
    ])
  })

  test('end with the support: what was not come to is not promised any more', () => {
    expect(states('activities', { closed: true })).toEqual(Array(8).fill('done'))
    expect(pathOf(stavropol, { ...facts, closed: true }, applied).deadline).toBeNull()
  })

  it.each(regionCodes)('are in order wherever the family is, whatever is on record (%s)', (code) => {
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
  test('of an application is the decision, five working days later; a day before and after it', () => {
    expect(due('registered', '2026-11-25T08:00:00Z')).toEqual(['commission-decision', '2026-12-02', 5, false])
    expect(due('registered', '2026-12-01T20:59:00Z')?.slice(2)).toEqual([1, false])
    expect(due('registered', '2026-12-02T20:59:59Z')?.slice(2)).toEqual([0, false])
    expect(due('registered', '2026-12-02T21:00:00Z')?.slice(2)).toEqual([0, true])
  })

  test('of the survey is three calendar days from its beginning, also on a day off', () => {
    const began = [{ stage: 'home-survey', at: at('2026-11-26T07:00:00Z') }]
    expect(due('home-survey', '2026-11-27T07:00:00Z', began)).toEqual(['home-survey', '2026-11-29', 0, false])
    const last = pathOf(stavropol, { ...facts, stage: 'home-survey', began }, at('2026-11-29T07:00:00Z'))
    expect(last.deadline?.lastDay).toBe(true)
  })

  test('of the contract is a working day from the approval, which was over when the next stage began', () => {
    const approved = [{ stage: 'contract', at: at('2026-12-04T07:00:00Z') }]
    expect(due('contract', '2026-12-04T08:00:00Z', approved)).toEqual(['contract', '2026-12-07', 1, false])
    // While it is being approved nobody can say.
    expect(due('ipss-approval', '2026-12-04T08:00:00Z')?.[0]).toBe('ipss-copy')
    expect(due('activities', '2026-12-10T08:00:00Z', approved)).toBeNull()
  })

  test('counts over New Year by the production calendar', () => {
    const late = { ...facts, appliedAt: at('2026-12-28T07:00:00Z') }
    const { deadline } = pathOf(stavropol, late, at('2026-12-31T07:00:00Z'))
    expect([String(deadline?.due.date), deadline?.daysLeft]).toEqual(['2027-01-13', 3])
  })

  test('is the default where the region says nothing, and says so', () => {
    const { deadline } = pathOf(region('nyagan'), { ...facts, stage: 'identified' }, applied)
    expect(deadline).toMatchObject({ code: 'commission-decision', byDefault: true })
    expect(pathOf(stavropol, facts, applied).deadline?.byDefault).toBe(false)
  })

  it.each(regionCodes)('is of stages that there are (%s)', (code) => {
    const { stages, stageDeadlines, stageEvents } = region(code)
    for (const stage of Object.keys(stageDeadlines)) expect(stages).toContain(stage)
    for (const { stage } of Object.values(stageEvents)) expect(stages).toContain(stage)
  })
})

test('only what is kept of stages tells of them', () => {
  const events = [
    { kind: 'created', detail: null, at: applied },
    { kind: 'stage', detail: 'ipss', at: applied },
  ]
  expect(stageStartsOf(events)).toEqual([{ stage: 'ipss', at: applied }])
})
