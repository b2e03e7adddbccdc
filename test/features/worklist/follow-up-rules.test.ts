import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dueDate } from '#features/deadlines/deadlines.ts'
import { causesOf, nextLookAt, workingDaysSince } from '#features/worklist/follow-up-rules.ts'
import { byNeed, needOf, needs } from '#features/worklist/needs.ts'
import { region } from '#regions/index.ts'

const here = region('stavropol')
const applied = new Date('2026-11-24T09:00:00Z')
const facts = (stage: string, actedAt = applied) => ({ stage, appliedAt: applied, began: [], actedAt })

describe('when staff are told of a case', () => {
  test.each([
    ['2026-11-26T09:00:00Z', []],
    ['2026-11-27T06:00:00Z', ['deadline-near']],
    ['2026-11-28T09:00:00Z', ['deadline-near']],
    ['2026-12-01T20:59:59Z', ['deadline-near']],
    // A day later it is past; the sixth working day without an act is one later.
    ['2026-12-01T21:00:01Z', ['deadline-past', 'still']],
    ['2026-12-09T09:00:00Z', ['deadline-past', 'still']],
  ])('at %s: %j', (now, causes) => {
    expect(causesOf(here, facts('registered'), new Date(now)).map(({ cause }) => cause)).toEqual(causes)
  })

  test('in a stage that lasts for months nothing stands still', () => {
    const now = new Date('2027-03-01T09:00:00Z')
    expect(causesOf(here, facts('activities'), now)).toEqual([])
    expect(causesOf(here, facts('analysis'), now).map(({ cause }) => cause)).toEqual(['still'])
  })

  test('whatever the stage and the acts: a term is near or past and never both, and the next look is on a later day', () => {
    const moments = fc.date({
      min: new Date('2026-11-24T09:00:00Z'),
      max: new Date('2027-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(fc.constantFrom(...here.stages), moments, moments, (stage, actedAt, now) => {
        const found = causesOf(here, { ...facts(stage), actedAt }, now)
        const terms = found.filter(({ cause }) => cause !== 'still')
        expect(terms.length).toBeLessThanOrEqual(1)
        for (const { cause, since } of terms) expect(since < now).toBe(cause === 'deadline-past')
        for (const { cause, since } of found) if (cause === 'still') expect(since).toEqual(actedAt)
        expect(nextLookAt(here, now) > now || nextLookAt(here, now).getTime() > now.getTime() - 1).toBe(true)
        expect(workingDaysSince(here, now, nextLookAt(here, now))).toBe(1)
      }),
    )
  })

  test('a term of five working days is counted as the path counts it', () => {
    const { instant } = dueDate({ days: 5, dayKind: 'working' }, applied, here)
    expect(causesOf(here, facts('registered'), new Date('2026-11-30T09:00:00Z'))[0]?.since).toEqual(instant)
  })
})

describe('the order of a list', () => {
  const state = { ...facts('activities'), promisedAt: null, unread: false, visitAt: null }
  const now = new Date('2026-11-25T09:00:00Z')
  test.each([
    ['overdue', { promisedAt: new Date('2026-11-25T08:00:00Z') }],
    ['soon', { promisedAt: new Date('2026-11-25T15:00:00Z') }],
    ['unread', { promisedAt: new Date('2026-11-26T15:00:00Z') }],
    ['unread', { unread: true }],
    ['visit', { visitAt: new Date('2026-11-25T12:00:00Z') }],
    ['none', {}],
  ])('%s', (need, given) => {
    expect(needOf(here, { ...state, ...given }, now).need).toBe(need)
  })

  test('it is an order: total, and the most pressing first', () => {
    const some = fc.record({
      need: fc.constantFrom(...needs),
      due: fc.date({ noInvalidDate: true }),
      late: fc.constant(false),
      deadline: fc.constant(null),
    })
    fc.assert(
      fc.property(fc.array(some), (all) => {
        const sorted = all.toSorted(byNeed)
        for (const [index, one] of sorted.entries()) {
          const next = sorted[index + 1]
          if (next) expect(needs.indexOf(one.need)).toBeLessThanOrEqual(needs.indexOf(next.need))
        }
      }),
    )
  })
})
