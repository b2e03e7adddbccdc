import { Temporal } from 'temporal-polyfill'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import type { Calendar } from '#regions/days-off.ts'
import type { Region, SupportLevel, VisitCadence } from '#regions/schema.ts'
import type { CaseEvent } from '#storage/cases/case-events.ts'

// How many visits a level asks for in each ISO week or calendar month of help. Days are ISO dates in the region's zone.

type Day = Temporal.PlainDate

/** A time at one level; `until` is its last day. */
export type LevelTime = { level: SupportLevel; from: string; until: string }

/** A week or month, or what lies of it within the time at one level. */
export type CadencePart = LevelTime & { per: VisitCadence['per']; atLeast: number; atMost: number }

type Happened = Pick<CaseEvent, 'kind' | 'day' | 'round' | 'detail'>

/**
 * The levels of the help that runs or ran last, up to `today`, each from the day on which it was decided. What was before the first
 * known level is left out; without any decision the present one counts from the beginning. Pure.
 */
export const levelTimes = (
  { events, level }: { events: readonly Happened[]; level: SupportLevel | null },
  today: string,
): LevelTime[] => {
  const began = latest(events.filter(({ kind }) => kind === 'ipss-began'))
  if (!began) return []
  const over = events.filter(({ kind, round }) =>
    kind === 'closed' ? true : kind === 'ipss-ended' && round === began.round,
  )
  const end = [today, ...over.map(({ day }) => day)].sort()[0] ?? today
  const decided = events
    .filter(({ kind, day }) => kind === 'level-set' && day <= end)
    .map(({ day, detail }) => ({ from: day, level: detail as SupportLevel }))
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const known = decided.length > 0 || level === null ? decided : [{ from: began.day, level }]
  return known.flatMap((one, at) => {
    const from = one.from < began.day ? began.day : one.from
    const next = known[at + 1]
    const until = next ? dayBefore(next.from) : end
    return from > until ? [] : [{ level: one.level, from, until }]
  })
}

const latest = (events: readonly Happened[]): Happened | undefined =>
  [...events].sort((a, b) => (a.day < b.day ? -1 : 1)).at(-1)

const dayBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/**
 * The weeks or months of a time, each with the visits that its level asks for. The first and the last one, if they are not whole, ask
 * for as many as their share of days, rounded; one without a working day asks for none. Pure.
 */
export const cadenceParts = (
  { visitCadence, ...calendar }: Calendar & Pick<Region, 'visitCadence'>,
  { level, from, until }: LevelTime,
): CadencePart[] => {
  const { atLeast, atMost, per } = visitCadence[level].value
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(until)]
  const parts: CadencePart[] = []
  for (let start = first; Temporal.PlainDate.compare(start, last) <= 0; ) {
    const [whole, end] = wholeOf(start, per)
    const stop = Temporal.PlainDate.compare(end, last) < 0 ? end : last
    const share = (start.until(stop).days + 1) / (whole.until(end).days + 1)
    const works = hasWorkingDay(start, stop, calendar)
    const asked = (often: number) => (works ? Math.round(often * share) : 0)
    const days = { level, from: start.toString(), until: stop.toString() }
    parts.push({ ...days, per, atLeast: asked(atLeast), atMost: asked(atMost) })
    start = stop.add({ days: 1 })
  }
  return parts
}

/** The ISO week or calendar month of a day, from its first day to its last. */
const wholeOf = (day: Day, per: VisitCadence['per']): [Day, Day] =>
  per === 'week'
    ? [day.subtract({ days: day.dayOfWeek - 1 }), day.add({ days: 7 - day.dayOfWeek })]
    : [day.with({ day: 1 }), day.with({ day: day.daysInMonth })]

const hasWorkingDay = (first: Day, last: Day, calendar: Calendar): boolean => {
  for (let day = first; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
    if (isWorkingDay(day, calendar)) return true
  return false
}

/** How many visits took place in a part, and in all that are over; a part that is not over is never short. */
export type CadenceKept = {
  now: CadencePart & { done: number }
  before: (CadencePart & { done: number }) | null
  /** Of the weeks or months that are over: how many there were, and in how many there were too few visits. */
  over: number
  short: number
}

/**
 * How the cadence has been kept up to today; null before the help begins, and without a level. `visits`: the days of those that took
 * place. A running week or month is shown whole, for what is still to come. Pure.
 */
export const cadenceKept = (
  region: Calendar & Pick<Region, 'visitCadence'>,
  { times, visits, today }: { times: readonly LevelTime[]; visits: readonly string[]; today: string },
): CadenceKept | null => {
  const last = times.at(-1)
  if (!last) return null
  const open = last.until === today
  const [, end] = wholeOf(Temporal.PlainDate.from(today), region.visitCadence[last.level].value.per)
  const until = open ? { ...last, until: end.toString() } : last
  const parts = [...times.slice(0, -1), until]
    .flatMap((time) => cadenceParts(region, time))
    .map((part) => ({ ...part, done: visits.filter((day) => day >= part.from && day <= part.until).length }))
  const now = parts.at(-1)
  if (!now) return null
  const over = parts.filter((part) => part.until < today)
  const before = over.filter((part) => part !== now).at(-1) ?? null
  const short = over.filter(({ done, atLeast }) => done < atLeast).length
  return { now, before, over: over.length, short }
}
