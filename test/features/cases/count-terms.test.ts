import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, test } from 'vitest'
import { type CaseRecord, countTerms, termKey } from '#features/cases/count-terms.ts'
import { mustBeInOrder } from '#features/cases/event-order.ts'
import { nextTermOf, placeOf } from '#features/cases/next-term.ts'
import { termRulesOf } from '#features/cases/term-rules.ts'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { type CaseEventKind, caseEventKinds, caseRulesSchema } from '#regions/case-rules.ts'
import { region, regionCodes } from '#regions/index.ts'

const stavropol = region('stavropol')

type Happened = CaseRecord['events'][number]
const event = (kind: string, day: string, given: Partial<Happened> = {}): Happened => ({
  kind,
  day,
  round: 1,
  detail: null,
  ...given,
})

const record = (events: Happened[], given: Partial<CaseRecord> = {}): CaseRecord => ({
  events,
  openingStage: 'registered',
  level: 'crisis',
  contactAfter: false,
  ...given,
})

const told = (code: string, events: Happened[], today: string, given: Partial<CaseRecord> = {}) =>
  countTerms(stavropol, record(events, given), today)
    .filter((term) => term.code === code)
    .map(({ dueOn, actBy, nearOn, state }) => [dueOn, actBy, nearOn, state])

describe('the terms of a case', () => {
  test('are counted from the day of the event, not from when it was recorded, and met by another event', () => {
    const events = [event('application', '2026-12-23'), event('need-recognised', '2026-12-28')]
    expect(told('commission-decision', events, '2026-12-28')).toEqual([
      ['2026-12-30', '2026-12-30', '2026-12-28', 'met'],
    ])
    expect(told('ipss', events, '2026-12-28')).toEqual(
      [['2027-01-15', '2027-01-15', '2027-01-08', 'open']].map((one) => [
        one[0],
        one[1],
        expect.any(String),
        'open',
      ]),
    )
  })

  test('that end on a day off stay there, and staff see the last working day within them (case 32 of the table)', () => {
    const events = [event('application', '2026-12-28'), event('survey-referral', '2026-12-30')]
    expect(told('home-survey', events, '2026-12-30')).toEqual([
      ['2027-01-02', '2026-12-30', '2026-12-30', 'open'],
    ])
  })

  test('of a day are near at once', () => {
    const events = [event('ipss-approved', '2026-12-04')]
    expect(told('contract', events, '2026-12-04')).toEqual([
      ['2026-12-07', '2026-12-07', '2026-12-04', 'open'],
    ])
  })

  test('that come again count from the beginning (cases 38 and 39): 30 May, not 28', () => {
    const began = event('ipss-began', '2026-11-30')
    const dues = (events: Happened[], today: string) =>
      told('interim-diagnosis', events, today).map(([due, , , state]) => [due, state])
    expect(dues([began], '2026-12-01')).toEqual([['2027-02-28', 'open']])
    const made = event('interim-diagnosis', '2027-02-20')
    expect(dues([began, made], '2027-02-20')).toEqual([
      ['2027-02-28', 'met'],
      ['2027-05-30', 'open'],
    ])
    // Made late, it meets the one that was missed.
    expect(dues([began, event('interim-diagnosis', '2027-03-05')], '2027-03-05')[0]).toEqual([
      '2027-02-28',
      'met',
    ])
    expect(dues([began], '2027-03-05')).toEqual([
      ['2027-02-28', 'open'],
      ['2027-05-30', 'open'],
    ])
    const explained = event('explained', '2027-03-05', { detail: 'interim-diagnosis.1.1' })
    expect(dues([began, explained], '2027-03-05')[0]).toEqual(['2027-02-28', 'explained'])
  })

  test('of the support follow the level, from the day on which it was changed', () => {
    const began = event('ipss-began', '2026-11-30')
    expect(told('support', [began], '2026-12-01', { level: 'emergency' })[0]?.[0]).toBe('2027-02-28')
    const changed = event('level-set', '2027-01-15', { detail: 'crisis' })
    expect(told('support', [began, changed], '2027-01-15')[0]?.[0]).toBe('2027-07-15')
  })

  test('of a rejected plan begin again, by the product; skipped stages take their terms with them', () => {
    const first = [event('application', '2026-11-02'), event('ipss-sent', '2026-11-09')]
    const rejected = event('ipss-rejected', '2026-11-16', { round: 2 })
    expect(told('next-plan', [...first, rejected], '2026-11-16')).toMatchObject([
      ['2026-11-30', '2026-11-30', expect.any(String), 'open'],
    ])
    const skipped = event('skipped', '2026-11-20', { detail: 'ipss-approval' })
    expect(told('ipss-copy', [...first, skipped], '2026-11-20')[0]?.[3]).toBe('gone')
  })

  test('after the end are four looks, only if they stay in touch', () => {
    const closed = [event('application', '2026-05-01'), event('closed', '2026-11-30')]
    expect(told('after-look', closed, '2026-12-01')).toEqual([])
    const looks = [event('after-look', '2027-02-20'), event('after-look', '2027-05-20')]
    const stay = { contactAfter: true }
    expect(
      told('after-look', [...closed, ...looks], '2027-06-01', stay).map(([due, , , state]) => [due, state]),
    ).toEqual([
      ['2027-02-28', 'met'],
      ['2027-05-30', 'met'],
      ['2027-08-30', 'open'],
    ])
  })

  test('that were missed before the end of the help or of the case stay so until they are explained', () => {
    const began = event('ipss-began', '2026-05-11')
    const ended = event('ipss-ended', '2026-11-10')
    const states = (code: string, events: Happened[], today = '2026-12-01') =>
      told(code, events, today).map(([due, , , state]) => [due, state])
    expect(states('interim-diagnosis', [began, ended])).toEqual([['2026-08-11', 'open']])
    const explained = event('explained', '2026-11-12', { detail: 'interim-diagnosis.1.1' })
    expect(states('interim-diagnosis', [began, ended, explained])).toEqual([['2026-08-11', 'explained']])
    // Recorded late, with its day.
    expect(states('interim-diagnosis', [began, ended, event('interim-diagnosis', '2026-08-05')])).toEqual([
      ['2026-08-11', 'met'],
    ])
    // The others of a case that is closed: missed, or let go because they still ran.
    const application = event('application', '2026-05-01')
    const [due = ''] = told('ipss', [application], '2026-12-01')[0] ?? []
    expect(states('ipss', [application, event('closed', '2026-11-30')])).toEqual([[due, 'open']])
    expect(states('ipss', [application, event('closed', due)])).toEqual([[due, 'gone']])
    // The case ends, and support with it, however late.
    expect(states('support', [began, event('closed', '2027-11-30')], '2027-12-01')).toMatchObject([
      [expect.any(String), 'gone'],
    ])
  })
})

const start = Temporal.PlainDate.from('2026-01-01')
const day = fc.nat({ max: 900 }).map((days) => start.add({ days }).toString())

it.each(regionCodes)('a later event never has an earlier term, and every term lies in order (%s)', (code) => {
  const rules = region(code)
  const from = fc.constantFrom(...new Set(termRulesOf(rules).flatMap((rule) => [...rule.from])))
  fc.assert(
    fc.property(from, day, day, (kind, one, other) => {
      const [early, late] = [one, other].sort()
      const ends = [early, late].map((at) =>
        countTerms(
          rules,
          record([event(kind, at ?? '')], { openingStage: rules.stages[0] ?? '', contactAfter: true }),
          at ?? '',
        ),
      )
      for (const term of ends[0] ?? []) {
        const same = ends[1]?.find((found) => termKey(found) === termKey(term))
        expect(same && same.dueOn >= term.dueOn).toBe(true)
        expect([term.countedFrom, term.nearOn, term.actBy, term.dueOn]).toEqual(
          [term.countedFrom, term.nearOn, term.actBy, term.dueOn].toSorted(),
        )
        const acts = Temporal.PlainDate.from(term.actBy)
        if (term.actBy !== term.dueOn) expect(isWorkingDay(acts, rules)).toBe(true)
      }
    }),
    { numRuns: 25 },
  )
})

/** What staff may record one after the other, whatever the day, and where the case then stands. */
const walk = (
  code: (typeof regionCodes)[number],
  kinds: readonly CaseEventKind[],
  days: readonly number[],
) => {
  const rules = region(code)
  const events: (Happened & { implied: boolean })[] = [
    { ...event('application', '2026-01-01'), implied: false },
  ]
  let [stage, at, round] = [rules.stages[0] ?? '', start, 1]
  for (const [nth, kind] of kinds.entries()) {
    const rule = rules.caseRules.events[kind]
    if (!rule || (!rule.again && events.some((one) => one.kind === kind && one.round === round))) continue
    at = at.add({ days: days[nth] ?? 0 })
    const on = at.toString()
    try {
      mustBeInOrder(rules, { kind, on, stage, today: on }, events)
    } catch {
      continue
    }
    if (rule.back) round += 1
    events.push({ ...event(kind, on, { round }), implied: false })
    const place = rule.back ? rules.stages.indexOf(rule.back) : placeOf(rules, kind)
    if (place === null || (!rule.back && place <= rules.stages.indexOf(stage))) continue
    const left = rules.stages.slice(rules.stages.indexOf(stage) + 1, place)
    for (const detail of left) events.push({ ...event('skipped', on, { round, detail }), implied: false })
    stage = rules.stages[place] ?? stage
    const starts = caseEventKinds.filter((one) => rules.caseRules.events[one]?.begins === stage)
    for (const one of starts)
      if (!events.some((known) => known.kind === one && known.round === round))
        events.push({ ...event(one, on, { round }), implied: true })
  }
  return { events, stage, today: at.toString() }
}

it.each(regionCodes)(
  'no open case is without its next term or a reason, and counting twice gives the same (%s)',
  (code) => {
    const rules = region(code)
    const kinds = fc.array(fc.constantFrom(...caseEventKinds), { maxLength: 14 })
    const gaps = fc.array(fc.nat({ max: 120 }), { minLength: 14, maxLength: 14 })
    fc.assert(
      fc.property(kinds, gaps, (happened, days) => {
        const { events, stage, today } = walk(code, happened, days)
        const of = record(events, { openingStage: rules.stages[0] ?? '' })
        const terms = countTerms(rules, of, today)
        expect(countTerms(rules, of, today)).toEqual(terms)
        expect(new Set(terms.map(termKey)).size).toBe(terms.length)
        expect(nextTermOf(rules, { stage, events }, terms)).not.toBeNull()
      }),
      { numRuns: 60 },
    )
  },
)

it.each(regionCodes)('%s: what causes what, and which stage it begins, is in the region', (code) => {
  const { caseRules, stages } = region(code)
  expect(caseRulesSchema.parse(caseRules)).toEqual(caseRules)
  const rules = Object.values(caseRules.events)
  for (const { begins, ends, back, after = [] } of rules) {
    for (const stage of [begins, ends, back]) if (stage) expect(stages).toContain(stage)
    for (const cause of after) expect(caseRules.events[cause]).toBeDefined()
  }
  for (const stage of caseRules.untimed) expect(stages).toContain(stage)
  for (const stage of stages.slice(1, -1))
    expect(
      rules.some(({ begins, ends }) => begins === stage || stages[stages.indexOf(ends ?? '') + 1] === stage),
      stage,
    ).toBe(true)
})
