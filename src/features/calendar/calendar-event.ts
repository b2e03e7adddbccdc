import type { Temporal } from 'temporal-polyfill'

/** What stands in a calendar, before it is written as iCalendar (RFC 5545). */
export type CalendarEvent = {
  /** The same for all its changes. */
  uid: string
  /** Grows with each of them. */
  sequence: number
  changedAt: Date
  cancelled: boolean
  when: CalendarWhen
  summary: string
  location?: string | undefined
  description?: string | undefined
}

export type CalendarWhen =
  /** In the region's zone. Without an end: at a moment, nobody has said for how long. */
  | { kind: 'timed'; start: Temporal.ZonedDateTime; end?: Temporal.ZonedDateTime; rule?: string | undefined }
  /** `end` is the day after the last one; `busy`: not something to be done some time within these days. */
  | {
      kind: 'days'
      start: Temporal.PlainDate
      end: Temporal.PlainDate
      busy: boolean
      rule?: string | undefined
    }
