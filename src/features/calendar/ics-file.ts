import {
  ICalCalendar,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library'
import type { CalendarEvent } from './calendar-event.ts'

type Calendar = {
  events: readonly CalendarEvent[]
  timeZone: string
  method: 'PUBLISH' | 'CANCEL'
  /** Of a subscription: what it is called, and how often it is to be asked for. */
  feed?: { name: string; refreshSeconds: number }
}

/** A calendar as iCalendar (RFC 5545): the same events, the same bytes. */
export const writeCalendar = ({ events, timeZone, method, feed }: Calendar): string => {
  const calendar = new ICalCalendar({
    prodId: { company: 'Ryadom', product: 'Calendar' },
    method: ICalCalendarMethod[method],
    // Named by the events alone: with a zone of the calendar's own the stamps would be written in it, not in UTC.
    timezone: { name: null, generator: blockOf },
    ...(feed && { name: feed.name, ttl: feed.refreshSeconds }),
  })
  for (const event of events) calendar.createEvent(dataOf(event, timeZone))
  // The library leaves the last line open.
  return `${calendar.toString()}\r\n`
}

const dataOf = (event: CalendarEvent, timeZone: string): ICalEventData => {
  const { uid, sequence, changedAt, cancelled, when, summary, location, description } = event
  const shared = {
    id: uid,
    sequence,
    stamp: Temporal.Instant.fromEpochMilliseconds(changedAt.getTime()),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: readable(summary),
    ...(location !== undefined && { location: readable(location) }),
    ...(description !== undefined && { description: readable(description) }),
    ...(when.rule !== undefined && { repeating: when.rule }),
  }
  if (when.kind === 'days') {
    const transparency = when.busy ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT
    return { ...shared, start: when.start, end: when.end, allDay: true, transparency }
  }
  return { ...shared, start: when.start, timezone: timeZone, ...(when.end && { end: when.end }) }
}

/** Control characters, which no calendar may hold (RFC 5545, 3.3.11). */
const readable = (text: string): string => text.replace(/[^\P{Cc}\t\n]/gu, '')

const zones = new Set(tzlib_get_timezones())

const blockOf = (timeZone: string): string => {
  const [block] = zones.has(timeZone) ? tzlib_get_ical_block(timeZone) : []
  if (block === undefined) throw new Error(`No rules of the time zone ${timeZone}`)
  return block
}
