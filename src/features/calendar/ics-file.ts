import {
  ICalCalendar,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library'
import { cleanText } from '#core/words.ts'
import type { CalendarEvent } from './calendar-event.ts'

type Calendar = {
  events: readonly CalendarEvent[]
  timeZone: string
  method: 'PUBLISH' | 'CANCEL'
  /** For subscriptions: their name, and the interval between updates. */
  feed?: { name: string; refreshSeconds: number }
}

/** Renders a calendar as iCalendar (RFC 5545). Deterministic: the same events give the same bytes. */
export const writeCalendar = ({ events, timeZone, method, feed }: Calendar): string => {
  const calendar = new ICalCalendar({
    prodId: { company: 'Ryadom', product: 'Calendar' },
    method: ICalCalendarMethod[method],
    // Only events name the time zone: with one on the calendar, the library would write DTSTAMP in it instead
    // of UTC.
    timezone: { name: null, generator: blockOf },
    ...(feed && { name: feed.name, ttl: feed.refreshSeconds }),
  })
  for (const event of events) calendar.createEvent(dataOf(event, timeZone))
  // The library omits the final line break.
  return `${propertiesFirst(calendar.toString())}\r\n`
}

/** The properties of the calendar come before its components (RFC 5545, 3.4); the library writes some behind the last one. */
const propertiesFirst = (text: string): string => {
  const [begin = '', ...rest] = text.split('\r\n')
  const end = rest.pop() ?? ''
  const [properties, components]: [string[], string[]] = [[], []]
  let depth = 0
  for (const line of rest) {
    if (line.startsWith('BEGIN:')) depth += 1
    const into = depth === 0 ? properties : components
    into.push(line)
    if (line.startsWith('END:')) depth -= 1
  }
  return [begin, ...properties, ...components, end].join('\r\n')
}

const dataOf = (event: CalendarEvent, timeZone: string): ICalEventData => {
  const { uid, sequence, changedAt, cancelled, when, summary, location, description } = event
  const shared = {
    id: uid,
    sequence,
    stamp: Temporal.Instant.fromEpochMilliseconds(changedAt.getTime()),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    summary: readable(summary),
    ...(isShown(location) && { location: readable(location) }),
    ...(isShown(description) && { description: readable(description) }),
    ...(when.rule !== undefined && { repeating: when.rule }),
  }
  if (when.kind === 'days') {
    const transparency = when.busy ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT
    return { ...shared, start: when.start, end: when.end, allDay: true, transparency }
  }
  return { ...shared, start: when.start, timezone: timeZone, ...(when.end && { end: when.end }) }
}

/** Removes control characters, which iCalendar does not allow (RFC 5545, 3.3.11). */
const readable = (text: string): string =>
  // Some calendars end a line at U+2028 and U+2029, in the middle of an entry.
  text.replace(/[\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '')

const isShown = (text: string | undefined): text is string => text !== undefined && cleanText(text) !== ''

const zones = new Set(tzlib_get_timezones())

const blockOf = (timeZone: string): string => {
  const [block] = zones.has(timeZone) ? tzlib_get_ical_block(timeZone) : []
  if (block === undefined) throw new Error(`No rules of the time zone ${timeZone}`)
  return block
}
