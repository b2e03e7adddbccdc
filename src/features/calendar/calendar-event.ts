import type { Temporal } from 'temporal-polyfill'

/** A calendar entry, before it is rendered as iCalendar (RFC 5545). */
export type CalendarEvent = {
  /** Stable across changes. */
  uid: string
  /** Increases with each change. */
  sequence: number
  changedAt: Date
  cancelled: boolean
  when: CalendarWhen
  summary: string
  location?: string | undefined
  description?: string | undefined
}

export type CalendarWhen =
  /** In the region's time zone. Without `end` the duration is unknown. */
  | { kind: 'timed'; start: Temporal.ZonedDateTime; end?: Temporal.ZonedDateTime; rule?: string | undefined }
  /** `end` is exclusive. `busy` is false for something to be done at some time within these days. */
  | {
      kind: 'days'
      start: Temporal.PlainDate
      end: Temporal.PlainDate
      busy: boolean
      rule?: string | undefined
    }
