import { Temporal } from 'temporal-polyfill'

/** «21:00» to «08:00» in the region's time zone, across midnight or not; equal times mean no quiet hours. */
export type QuietHours = { from: string; until: string }

/** When most families sleep; the default in `persons`. */
export const defaultQuietHours: QuietHours = { from: '21:00', until: '08:00' }
export const noQuietHours: QuietHours = { from: '00:00', until: '00:00' }

/** How long a person who has written counts as awake (ms): a reply to them ignores the quiet hours. */
export const awakeMs = 2 * 60 * 60_000

/** The choices offered; any others can be typed. */
export const quietHoursPresets: readonly QuietHours[] = [
  defaultQuietHours,
  { from: '22:00', until: '07:00' },
  { from: '23:00', until: '09:00' },
  noQuietHours,
]

/** The end of the quiet hours that contain a moment; null if it is outside of them. */
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
 * The first moment after `now` at which the clock shows the time on that day, or has passed it. A skipped
 * time ends with the clock change; of a repeated one the second is used if the first has passed.
 */
const endOn = (day: Temporal.PlainDate, time: Temporal.PlainTime, now: Temporal.ZonedDateTime): Date => {
  const wanted = day.toPlainDateTime(time)
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
    wanted.toZonedDateTime(now.timeZoneId, { disambiguation }),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
  // One nanosecond later, because the skipped hour may begin exactly here, and `previous` excludes a
  // transition at the same instant.
  const leftOut =
    !second.toPlainDateTime().equals(wanted) &&
    second.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  const end = leftOut || (first.epochMilliseconds > now.epochMilliseconds ? first : second)
  return new Date(end.epochMilliseconds)
}
