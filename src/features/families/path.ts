import { Temporal } from 'temporal-polyfill'
import type { TermCode } from '#features/cases/term-rules.ts'
import { endOf } from '#features/deadlines/days.ts'
import { type DueDate, dayAt, dueDate, workingDaysLeft } from '#features/deadlines/deadlines.ts'
import type { Calendar } from '#regions/days-off.ts'
import type { DeadlineEvent, Region } from '#regions/schema.ts'
import type { CaseTerm } from '#storage/cases/case-terms.ts'

export type PathStage = { code: string } & (
  | { state: 'done'; at: Date | null }
  | { state: 'now'; since: Date | null }
  | { state: 'next' }
)

/** Working days after today up to and including the due day, and whether that is today. */
export type TimeLeft = { daysLeft: number; lastDay: boolean }

export type PathDeadline = TimeLeft & {
  code: TermCode
  due: DueDate
  /** The last working day within it; absent where it is the due day. */
  actBy?: DueDate
  /** Whether it is near; absent: by the days that are left. */
  near?: boolean
  overdue: boolean
  /** The region's regulations set no term: this is the product's default. */
  byDefault: boolean
}

export type Path = { stages: PathStage[]; deadline: PathDeadline | null }

export type PathFacts = {
  /** The current stage. */
  stage: string
  appliedAt: Date
  /** Known starts of stages; a skipped stage has none. */
  began: readonly { stage: string; at: Date }[]
  /** Support has ended: there are no next stages. */
  closed: boolean
  /** Dates up to this are hidden, with the deadlines counted from them. */
  toldFrom?: Date | undefined
  /** The open terms of a family, counted from its events; absent: they are counted from the stages. */
  terms?: readonly CaseTerm[] | undefined
}

/**
 * Builds a family's path through the stages of its region: done, current, next; and the nearest deadline
 * ahead whose starting event has happened. A stage is done once a later one has begun.
 */
export const pathOf = (region: Region, facts: PathFacts, now: Date): Path => {
  const { stages } = region
  const here = stages.indexOf(facts.stage)
  const began = beginnings(region, facts)
  const told = (at: Date | null): Date | null => (at && facts.toldFrom && at <= facts.toldFrom ? null : at)
  const ended = (index: number): Date | null => {
    if (!began.has(index)) return null
    for (let later = index + 1; later <= here; later += 1) {
      const at = began.get(later)
      if (at) return at
    }
    return null
  }
  return {
    stages: stages.flatMap((code, index): PathStage[] => {
      // The first stage ends when the application is registered.
      if (index < here)
        return [{ code, state: 'done', at: told(index === 0 ? facts.appliedAt : ended(index)) }]
      if (index > here) return facts.closed ? [] : [{ code, state: 'next' }]
      const since = told(began.get(index) ?? null)
      return [facts.closed ? { code, state: 'done', at: null } : { code, state: 'now', since }]
    }),
    deadline: facts.closed
      ? null
      : facts.terms
        ? nearestTerm(region, facts, now)
        : nearest(region, { here, began, told, appliedAt: facts.appliedAt }, now),
  }
}

export const timeLeft = (due: DueDate['date'], now: Date, calendar: Calendar): TimeLeft => ({
  daysLeft: workingDaysLeft(due, now, calendar),
  lastDay: dayAt(now, calendar.timeZone).equals(due),
})

/**
 * Starts of stages by index; the first one starts with the application. A case that went back (a plan was rejected, or the next one
 * began) has been at the stage since then, and the later ones are still to come.
 */
const beginnings = ({ stages }: Region, { began, appliedAt }: PathFacts): Map<number, Date> => {
  const found = new Map<number, Date>([[0, appliedAt]])
  let last = 0
  for (const { stage, at } of began) {
    const index = stages.indexOf(stage)
    if (index < 0) continue
    if (index < last)
      for (const later of [...found.keys()]) if (later >= Math.max(index, 1)) found.delete(later)
    if (index > 0 && !found.has(index)) found.set(index, at)
    last = index
  }
  return found
}

/** The open term that ends first. */
const nearestTerm = (region: Region, { terms = [], toldFrom }: PathFacts, now: Date): PathDeadline | null => {
  const hidden = toldFrom && dayAt(toldFrom, region.timeZone).toString()
  const [first] = terms
    .filter(({ state, countedFrom }) => state === 'open' && (hidden === undefined || countedFrom > hidden))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
  return first ? deadlineOfTerm(region, first, now) : null
}

/** A counted term as it is shown. */
const deadlineOfTerm = (
  region: Region,
  { code, dueOn, actBy, nearOn, byDefault }: CaseTerm,
  now: Date,
): PathDeadline => {
  const dayOf = (text: string): DueDate => {
    const date = Temporal.PlainDate.from(text)
    return { date, instant: new Date(endOf(date, region.timeZone) - 1) }
  }
  const due = dayOf(dueOn)
  return {
    code: code as TermCode,
    due,
    actBy: dayOf(actBy),
    near: nearOn <= dayAt(now, region.timeZone).toString(),
    overdue: now > due.instant,
    ...timeLeft(due.date, now, region),
    byDefault,
  }
}

type Place = {
  here: number
  began: ReadonlyMap<number, Date>
  told(at: Date | null): Date | null
  appliedAt: Date
}

const nearest = (region: Region, place: Place, now: Date): PathDeadline | null => {
  const { stages, stageDeadlines } = region
  const codes = stages.slice(place.here).flatMap((stage) => stageDeadlines[stage] ?? [])
  let first: PathDeadline | null = null
  for (const code of new Set(codes)) {
    const { value, source } = region.deadlines[code]
    const from = place.told(momentOf(region, place, value.from))
    if (!from) continue
    const due = dueDate(value, from, region)
    if (first && first.due.instant <= due.instant) continue
    first = {
      code,
      due,
      overdue: now > due.instant,
      ...timeLeft(due.date, now, region),
      byDefault: source === 'default',
    }
  }
  return first
}

/** When the starting event of a term happened; null if not yet or unknown. */
const momentOf = ({ stages, stageEvents }: Region, place: Place, event: DeadlineEvent): Date | null => {
  if (event === 'application') return place.appliedAt
  const mark = stageEvents[event]
  if (!mark) return null
  const { stage, at } = mark
  const index = stages.indexOf(stage)
  if (at === 'beginning') return place.began.get(index) ?? null
  if (index >= place.here) return null
  // A skipped stage ended when the next known one began.
  for (let later = index + 1; later <= place.here; later += 1) {
    const began = place.began.get(later)
    if (began) return began
  }
  return null
}

/** Starts of stages, from the events of a request or a family. */
export const stageStartsOf = (
  events: readonly { kind: string; detail: string | null; at: Date }[],
): PathFacts['began'] =>
  events.flatMap(({ kind, detail, at }) =>
    kind === 'stage' && detail !== null ? [{ stage: detail, at }] : [],
  )

/**
 * The stage at which support begins: the one after that by whose end the commission has decided (Stavropol 6.8, Nyagan's
 * algorithm 2). An accepted family would otherwise read that the commission is still to decide.
 */
export const stageAfterDecision = ({
  stages,
  stageDeadlines,
}: Pick<Region, 'stages' | 'stageDeadlines'>): string => {
  const decision = stages.findIndex((stage) => stageDeadlines[stage]?.includes('commission-decision'))
  return stages[decision + 1] ?? stages.at(-1) ?? ''
}

/** Whichever of two stages comes later. */
export const laterStage = ({ stages }: Pick<Region, 'stages'>, one: string, other: string): string =>
  stages.indexOf(one) < stages.indexOf(other) ? other : one
