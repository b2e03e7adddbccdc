import { Temporal } from 'temporal-polyfill'

/** «21:00» to «08:00» by the region's clock, over midnight or not; the same twice is none at all. */
export type QuietHours = { from: string; until: string }

/** What most families are asleep in; `persons` has it by default. */
export const defaultQuietHours: QuietHours = { from: '21:00', until: '08:00' }
export const noQuietHours: QuietHours = { from: '00:00', until: '00:00' }

/** How long somebody who has just written is taken to be awake (ms): an answer to them waits for no morning. */
export const awakeMs = 2 * 60 * 60_000

/** What is offered; any other may be said in words. */
export const quietHoursPresets: readonly QuietHours[] = [
  defaultQuietHours,
  { from: '22:00', until: '07:00' },
  { from: '23:00', until: '09:00' },
  noQuietHours,
]

/** When the quiet hours that a moment falls into end; null where it falls into none. */
export const quietHoursEnd = (at: Date, { from, until }: QuietHours, timeZone: string): Date | null => {
  const [begin, end] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(until)]
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  const time = local.toPlainTime()
  const overMidnight = isBefore(end, begin)
  const begun = !isBefore(time, begin)
  const ended = !isBefore(time, end)
  if (overMidnight ? !begun && ended : !begun || ended) return null
  const day = overMidnight && begun ? local.toPlainDate().add({ days: 1 }) : local.toPlainDate()
  return endOn(day, end, local)
}

const isBefore = (a: Temporal.PlainTime, b: Temporal.PlainTime): boolean =>
  Temporal.PlainTime.compare(a, b) < 0

/**
 * The first moment after `now` at which the clock shows the time on that day, or has passed it: an hour that is left
 * out ends with the change of the clocks, and one that comes twice is waited for the second time where it was once.
 */
const endOn = (day: Temporal.PlainDate, time: Temporal.PlainTime, now: Temporal.ZonedDateTime): Date => {
  const wanted = day.toPlainDateTime(time)
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    wanted.toZonedDateTime(now.timeZoneId, { disambiguation }),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
  // Just behind it: the hour may be left out from its very beginning, and a transition is not previous to itself.
  const leftOut =
    !second.toPlainDateTime().equals(wanted) &&
    second.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  const end = leftOut || (first.epochMilliseconds > now.epochMilliseconds ? first : second)
  return new Date(end.epochMilliseconds)
}
