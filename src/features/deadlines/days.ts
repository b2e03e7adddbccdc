import { Temporal } from 'temporal-polyfill'

// Deadlines are counted for every request and every card, mostly from today: a day is converted once. Everything here is
// immutable and remembered by the day itself, so it goes with it.

type Known = { from: number; until: number; day: Temporal.PlainDate }

/** Days kept for a time zone: today, and those of the deadlines around it. */
const mostDays = 64
const byZone = new Map<string, Known[]>()

/** The calendar day of a moment (ms) in the time zone. */
export const dayOfMoment = (ms: number, timeZone: string): Temporal.PlainDate => {
  const days = byZone.get(timeZone) ?? []
  const known = days.findLast(({ from, until }) => ms >= from && ms < until)
  if (known) return known.day
  const day = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()
  byZone.set(
    timeZone,
    [...days, { from: startOf(day, timeZone), until: endOf(day, timeZone), day }].slice(-mostDays),
  )
  return day
}

/** Days that were asked for by their ISO date, so that what is remembered of a day is found again. */
const byDate = new Map<string, Temporal.PlainDate>()
const mostByDate = 4_000

/** The day of an ISO date. Throws `RangeError` for anything else. */
export const plainDay = (iso: string): Temporal.PlainDate => {
  const known = byDate.get(iso)
  if (known) return known
  const day = Temporal.PlainDate.from(iso)
  if (byDate.size >= mostByDate) byDate.clear()
  byDate.set(iso, day)
  return day
}

const startOf = (day: Temporal.PlainDate, timeZone: string): number =>
  day.toZonedDateTime(timeZone).epochMilliseconds

/** The first moment (ms) after a day. */
export const endOf = (day: Temporal.PlainDate, timeZone: string): number =>
  ofDay(ends, day, timeZone, () => startOf(dayAfter(day), timeZone))

/** The moment (ms) of a wall-clock time; a time skipped by a clock change is shifted forward by the gap. */
export const momentOf = (day: Temporal.PlainDate, time: string, timeZone: string): number =>
  ofDay(
    moments,
    day,
    `${time} ${timeZone}`,
    () => day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds,
  )

export const dayAfter = (day: Temporal.PlainDate): Temporal.PlainDate => {
  const known = next.get(day)
  if (known) return known
  const made = day.add({ days: 1 })
  next.set(day, made)
  return made
}

const next = new WeakMap<Temporal.PlainDate, Temporal.PlainDate>()

type Moments = WeakMap<Temporal.PlainDate, Map<string, number>>
const ends: Moments = new WeakMap()
const moments: Moments = new WeakMap()

const ofDay = (kept: Moments, day: Temporal.PlainDate, key: string, make: () => number): number => {
  const known = kept.get(day) ?? new Map<string, number>()
  kept.set(day, known)
  const moment = known.get(key) ?? make()
  known.set(key, moment)
  return moment
}
