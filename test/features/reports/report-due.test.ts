import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import {
  monthsUpTo,
  parseQuarter,
  quarterAfter,
  quarterBefore,
  quarterOn,
} from '#features/reports/quarters.ts'
import { reportDue, reportStep } from '#features/reports/report-due.ts'
import { region } from '#regions/index.ts'

const calendar = region('novgorod')
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10))
const dueOf = (code: string) => {
  const quarter = parseQuarter(code)
  if (!quarter) throw new Error(code)
  return { quarter, due: reportDue(quarter, { dueBefore: 5 }, calendar) }
}

describe('quarters', () => {
  test('every day is in one quarter, which follows the one before without a gap', () => {
    fc.assert(
      fc.property(day, (on) => {
        const quarter = quarterOn(on)
        expect(quarter.from <= on && on <= quarter.until).toBe(true)
        expect(parseQuarter(quarter.code)).toEqual(quarter)
        const next = quarterAfter(quarter)
        expect(Temporal.PlainDate.from(quarter.until).add({ days: 1 }).toString()).toBe(next.from)
        expect(quarterBefore(next)).toEqual(quarter)
        const months = monthsUpTo(quarter, 3)
        expect([months[0]?.from, months[2]?.until]).toEqual([quarter.from, quarter.until])
      }),
    )
  })

  test.each(['2026-Q0', '2026-Q5', '26-Q1', '2026-q1', '2026-4', '1999-Q4', '2200-Q1', ''])(
    '%s is none',
    (code) => {
      expect(parseQuarter(code)).toBeNull()
    },
  )
})

describe('when a report is due', () => {
  test.each([
    ['2025-Q4', '2025-12-30', '2026-01-01'],
    ['2026-Q1', '2026-04-03', null],
    ['2026-Q2', '2026-07-03', null],
    ['2026-Q3', '2026-10-02', null],
    ['2026-Q4', '2026-12-30', '2027-01-01'],
    ['2027-Q1', '2027-04-02', null],
    ['2027-Q2', '2027-07-02', null],
    ['2027-Q3', '2027-10-04', null],
  ])('%s: on %s, by itself on %s', (code, dueOn, byItselfOn) => {
    expect(dueOf(code).due).toMatchObject({ dueOn, byItselfOn })
  })

  test('on a working day before the 5th after the quarter, or else within it: never later, never without', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2190 }), fc.constantFrom(1, 2, 3, 4), (year, number) => {
        const { quarter, due } = dueOf(`${year}-Q${number}`)
        expect(isWorkingDay(Temporal.PlainDate.from(due.dueOn), calendar)).toBe(true)
        expect(due.dueOn < due.lateOn).toBe(true)
        expect(due.byItselfOn === null).toBe(due.dueOn > quarter.until)
        // There is no later working day that would be in time.
        for (
          let one = Temporal.PlainDate.from(due.dueOn).add({ days: 1 });
          one.toString() < due.lateOn;
          one = one.add({ days: 1 })
        )
          expect(isWorkingDay(one, calendar)).toBe(false)
      }),
    )
  })

  test('each is told once, nothing after it was handed in, and January’s is made from the 1st on', () => {
    const steps = (code: string, days: readonly string[], handedOn = '9999') => {
      const told: string[] = []
      return days.map((today) => {
        const step = reportStep(dueOf(code).due, { today, handedIn: today >= handedOn, told })
        if (step === 'tell-due') told.push('due')
        if (step === 'tell-late') told.push('late')
        return step
      })
    }
    expect(steps('2026-Q3', ['2026-09-30', '2026-10-02', '2026-10-02', '2026-10-05', '2026-10-06'])).toEqual([
      ...['nothing', 'tell-due', 'nothing', 'tell-late', 'nothing'],
    ])
    expect(steps('2026-Q4', ['2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-11'])).toEqual([
      ...['nothing', 'tell-due', 'nothing', 'make', 'make'],
    ])
    expect(steps('2026-Q4', ['2026-12-30', '2027-01-01'], '2026-12-31')).toEqual(['tell-due', 'nothing'])
  })
})
