import { plainDay } from '#features/deadlines/days.ts'
import { lastDayOf, type Term } from '#features/deadlines/deadlines.ts'
import type { Calendar, DaysOff } from '#regions/days-off.ts'
import { nearDay, workingDayWithin } from './near-day.ts'

// Many cases have the same days: a hundred thousand of them begin on some hundred. What follows from two days is computed once.

type Nearness = { actBy: string; nearOn: string }
type Known = { ends: Map<string, string>; nearness: Map<string, Nearness> }
const byCalendar = new WeakMap<DaysOff, Known>()
/** Then it is forgotten, so that it does not grow with the years. */
const most = 20_000

const knownOf = ({ daysOff }: Calendar): Known => {
  const known = byCalendar.get(daysOff) ?? { ends: new Map(), nearness: new Map() }
  byCalendar.set(daysOff, known)
  return known
}

const once = <T>(known: Map<string, T>, key: string, make: () => T): T => {
  const before = known.get(key)
  if (before !== undefined) return before
  if (known.size >= most) known.clear()
  const made = make()
  known.set(key, made)
  return made
}

/** The last day of a term that is counted from the day after this one. Days are ISO dates. */
export const endOfTerm = (term: Term, since: string, calendar: Calendar): string => {
  const length = 'months' in term ? `${term.months}m` : `${term.days}${term.dayKind}`
  return once(knownOf(calendar).ends, `${since} ${length}`, () =>
    lastDayOf(term, plainDay(since), calendar).toString(),
  )
}

/** The last working day of a term, and from which day on it is near. */
export const nearnessOf = (since: string, due: string, calendar: Calendar): Nearness =>
  once(knownOf(calendar).nearness, `${since} ${due}`, () => {
    const [first, last] = [plainDay(since), plainDay(due)]
    return {
      actBy: workingDayWithin(first, last, calendar).toString(),
      nearOn: nearDay(first, last, calendar).toString(),
    }
  })
