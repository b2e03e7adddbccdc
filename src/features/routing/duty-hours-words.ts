import { type DutyHours, type DutyInterval, weekdays } from '#storage/staff/staff.ts'
import { intervalsOf } from './duty-hours.ts'

// Duty hours as an operator types them: `mon-fri 09:00-13:00,14:00-18:00`. Pure.

type Weekday = (typeof weekdays)[number]

const line = /^\s*([a-z]{3})(?:-([a-z]{3}))?\s+(.+?)\s*$/i
const span = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/

/** Reads lines of days and intervals; a day that is named twice has both. Null if one is not understood. */
export const readDutyHours = (lines: readonly string[]): DutyHours | null => {
  const found = new Map<Weekday, DutyInterval[]>()
  for (const text of lines) {
    const [, first = '', last = first, times = ''] = line.exec(text) ?? []
    const days = daysFrom(first.toLowerCase(), (last || first).toLowerCase())
    const intervals = times.split(',').map((one) => intervalOf(one.trim()))
    if (!days || intervals.length === 0) return null
    for (const interval of intervals) {
      if (interval === null) return null
      for (const day of days) found.set(day, [...(found.get(day) ?? []), interval])
    }
  }
  return Object.fromEntries([...found].map(([day, all]) => [day, all.length === 1 ? all[0] : all]))
}

const daysFrom = (first: string, last: string): Weekday[] | null => {
  const [from, until] = [weekdays.indexOf(first as Weekday), weekdays.indexOf(last as Weekday)]
  return from === -1 || until < from ? null : weekdays.slice(from, until + 1)
}

const intervalOf = (text: string): DutyInterval | null => {
  const [, h1, m1, h2, m2] = span.exec(text) ?? []
  return h1 === undefined || `${h1}:${m1}` === `${h2}:${m2}` ? null : [`${h1}:${m1}`, `${h2}:${m2}`]
}

/** One line for each day that has hours; null: always. */
export const dutyHoursLines = (hours: DutyHours | null): string[] => {
  if (hours === null) return ['always']
  const lines = weekdays.flatMap((day) => {
    const all = intervalsOf(hours, day)
    return all.length === 0 ? [] : [`${day} ${all.map((one) => one.join('-')).join(',')}`]
  })
  return lines.length > 0 ? lines : ['never']
}

/** One day as people write it: «9:00–13:00, 14-18»; empty: a day off. Null if it is not understood. */
export const readDay = (text: string): DutyInterval[] | null => {
  const parts = text.split(/[,;]/u).map((one) => one.trim())
  if (parts.every((one) => one === '')) return []
  const found = parts.map(spokenInterval)
  return found.some((one) => one === null) ? null : found.filter((one) => one !== null)
}

const spoken = /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|до)\s*(\d{1,2})(?:[:.](\d{2}))?$/u

const spokenInterval = (text: string): DutyInterval | null => {
  const [, h1 = '', m1 = '00', h2 = '', m2 = '00'] = spoken.exec(text) ?? []
  return intervalOf(`${h1.padStart(2, '0')}:${m1}-${h2.padStart(2, '0')}:${m2}`)
}

/** The same the other way: «9:00–13:00, 14:00–18:00». */
export const dayInWords = (intervals: readonly DutyInterval[]): string =>
  intervals.map((one) => one.map((time) => time.replace(/^0/, '')).join('–')).join(', ')
