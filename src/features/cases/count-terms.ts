import type { Calendar } from '#regions/days-off.ts'
import type { Region, SupportLevel } from '#regions/schema.ts'
import type { CaseEvent } from '#storage/cases/case-events.ts'
import type { CaseTerm, TermState } from '#storage/cases/case-terms.ts'
import { endOfTerm, nearnessOf } from './spans.ts'
import { type TermRule, termRulesOf } from './term-rules.ts'

/** Of one episode, as far as terms depend on it. */
export type CaseRecord = {
  /** In force, in the order in which they were recorded. */
  events: readonly Pick<CaseEvent, 'kind' | 'day' | 'round' | 'detail'>[]
  openingStage: string
  level: SupportLevel | null
  /** Whether family and curator stay in touch after the end. */
  contactAfter: boolean
}

export type CountedTerm = Pick<
  CaseTerm,
  | 'code'
  | 'round'
  | 'nth'
  | 'countedFrom'
  | 'dueOn'
  | 'actBy'
  | 'nearOn'
  | 'responsible'
  | 'byDefault'
  | 'state'
  | 'metOn'
>

/** By which a term is named: `ipss.1.1`. */
export const termKey = ({ code, round, nth }: Pick<CaseTerm, 'code' | 'round' | 'nth'>): string =>
  `${code}.${round}.${nth}`

/** How often a duty can come at most: nothing lasts longer than thirty years. */
const most = 120

/**
 * All terms of an episode, counted from its events. Of a duty that comes again, as many as began by `today`. The same record, rules
 * and day give the same terms. Pure.
 */
export const countTerms = (region: Region, record: CaseRecord, today: string): CountedTerm[] =>
  termRulesOf(region).flatMap((rule) =>
    starts(region, rule, record).flatMap((from) => ofRule(region, rule, { from, record, today })),
  )

type Happened = CaseRecord['events'][number]

/** The events from which a term is counted; nothing before the record begins is known to be due. */
const starts = (
  { stages }: Region,
  rule: TermRule,
  { events, openingStage, contactAfter }: CaseRecord,
): Happened[] => {
  if (rule.code === 'after-look' && !contactAfter) return []
  const late = rule.stage !== null && stages.indexOf(openingStage) > stages.indexOf(rule.stage)
  const found = events.filter(
    ({ kind, round }) => rule.from.some((one) => one === kind) && !(late && round === 1),
  )
  // Of a round the first one counts.
  return found.filter((one, at) => found.findIndex(({ round }) => round === one.round) === at)
}

type Counting = { from: Happened; record: CaseRecord; today: string }

const ofRule = (region: Region, rule: TermRule, { from, record, today }: Counting): CountedTerm[] => {
  const closed = record.events.find(({ kind }) => kind === 'closed')
  const term = rule.term(record.level)
  if (!rule.again) {
    const since = rule.code === 'support' ? sinceLevel(record, from) : from.day
    const met = record.events.find(
      ({ kind, day, round }) => kind === rule.met && round >= from.round && day >= from.day,
    )
    const due = endOfTerm(term, since, region)
    const name = { code: rule.code, round: from.round, nth: 1 }
    const state = met ? 'met' : stateOf(region, rule, { name, from, record, closed, due })
    return [counted(region, rule, { ...name, since, due, state, metOn: met?.day ?? null })]
  }
  return again(region, rule, { from, record, today, closed })
}

/** A duty that comes again: each term is met by the first act of its own time, or by a later one. */
const again = (
  region: Region,
  rule: TermRule,
  { from, record, today, closed }: Counting & { closed: Happened | undefined },
): CountedTerm[] => {
  const term = rule.term(record.level)
  const until = rule.again && 'until' in rule.again ? rule.again.until : []
  const times = rule.again && 'times' in rule.again ? rule.again.times : most
  const end = record.events.find(
    ({ kind, round }) => until.some((one) => one === kind) && (kind === 'closed' || round === from.round),
  )
  const acts = record.events
    .filter(({ kind, day, round }) => kind === rule.met && round === from.round && day >= from.day)
    .map(({ day }) => day)
    .sort()
  const terms: CountedTerm[] = []
  let used = 0
  let began = from.day
  for (let nth = 1; nth <= Math.min(times, most); nth += 1) {
    // The one that runs today is the last one, unless an act was recorded beyond it.
    const before = terms.at(-1)
    const over = before === undefined || before.state === 'met' || before.state === 'explained'
    if (!over && began >= today && began > (acts.at(-1) ?? '')) break
    const months = 'months' in term ? { months: term.months * nth } : term
    const due = endOfTerm(months, from.day, region)
    // What falls on the day of the end itself gives way to what the end asks for.
    if (end && due >= end.day) break
    const at = acts.findIndex((day, index) => index >= used && (nth === 1 || day > began))
    const metOn = at === -1 ? null : (acts[at] ?? null)
    const name = { code: rule.code, round: from.round, nth }
    const explained = isExplained(record, name)
    if (metOn !== null && !explained) used = at + 1
    const state: TermState = explained
      ? 'explained'
      : metOn !== null
        ? 'met'
        : // One that ended before the help did was missed, and stays so until somebody explains it.
          stateOf(region, rule, { name, from, record, closed, due })
    terms.push(
      counted(region, rule, { ...name, since: began, due, state, metOn: state === 'met' ? metOn : null }),
    )
    began = due
  }
  return terms
}

/** The day of the last change of level since the beginning, or the beginning. */
const sinceLevel = ({ events }: CaseRecord, { day, round }: Happened): string =>
  events
    .filter((event) => event.kind === 'level-set' && event.round === round && event.day > day)
    .map((event) => event.day)
    .sort()
    .at(-1) ?? day

const isExplained = ({ events }: CaseRecord, name: Pick<CaseTerm, 'code' | 'round' | 'nth'>): boolean =>
  events.some(({ kind, detail }) => kind === 'explained' && detail === termKey(name))

type Unmet = {
  name: Pick<CaseTerm, 'code' | 'round' | 'nth'>
  from: Happened
  record: CaseRecord
  closed: Happened | undefined
  /** Its last day. */
  due: string
}

/** Of a term that is not met. What ran out before the end was missed, and does not go with it; support itself ends with the case. */
const stateOf = (region: Region, rule: TermRule, { name, from, record, closed, due }: Unmet): TermState => {
  if (isExplained(record, name)) return 'explained'
  if (closed && rule.code !== 'after-look' && (due >= closed.day || rule.code === 'support')) return 'gone'
  const event = rule.met === 'after-look' ? undefined : region.caseRules.events[rule.met]
  const { stages } = region
  const next = event?.ends && stages[stages.indexOf(event.ends) + 1]
  const left = record.events
    .filter(({ kind, round }) => kind === 'skipped' && round >= from.round)
    .map(({ detail }) => detail)
  return [rule.stage, event?.begins, next].some((stage) => stage && left.includes(stage)) ? 'gone' : 'open'
}

const counted = (
  calendar: Calendar,
  { responsible, byDefault }: TermRule,
  {
    since,
    due,
    ...rest
  }: Pick<CountedTerm, 'code' | 'round' | 'nth' | 'state' | 'metOn'> & { since: string; due: string },
): CountedTerm => ({
  ...rest,
  ...{ countedFrom: since, dueOn: due, responsible, byDefault },
  ...nearnessOf(since, due, calendar),
})
