import { weekdays } from '#storage/staff/staff.ts'
import type { When } from '../plan-document.ts'
import { normalizeLabel } from './cells.ts'

export type Weekday = (typeof weekdays)[number]

/** How often an activity takes place; its period and time are in other columns. */
export type Repeat =
  | { kind: 'once' }
  | { kind: 'span' }
  | { kind: 'weekly'; every: number; days: Weekday[] }
  | { kind: 'monthly'; every: number; day: number }

const once = /^(?:один раз|однократно|разово|once)$/
const span = /^(?:в течение (?:периода|срока)|в любой день|during the period)$/
const everyWeek = /^(?:каждую неделю|еженедельно|every week|weekly)[ :,]+(.+)$/
const everyWeeks = /^(?:раз в|кажды[ей]|every) (\d{1,2}) (?:недел\p{L}*|weeks?)[ :,]+(.+)$/u
const everyMonth =
  /^(?:каждый месяц|ежемесячно|every month|monthly)[ :,]+(?:day )?(\d{1,2})(?:-?го)?(?: числа)?$/
const everyMonths =
  /^(?:раз в|кажды[ей]|every) (\d{1,2}) (?:месяц\p{L}*|months?)[ :,]+(?:day )?(\d{1,2})(?:-?го)?(?: числа)?$/u

const dayNames: Record<Weekday, RegExp> = {
  mon: /^(?:пн|понедельник\p{L}*|mon(?:day)?)$/u,
  tue: /^(?:вт|вторник\p{L}*|tue(?:sday)?)$/u,
  wed: /^(?:ср|сред\p{L}*|wed(?:nesday)?)$/u,
  thu: /^(?:чт|четверг\p{L}*|thu(?:rsday)?)$/u,
  fri: /^(?:пт|пятниц\p{L}*|fri(?:day)?)$/u,
  sat: /^(?:сб|суббот\p{L}*|sat(?:urday)?)$/u,
  sun: /^(?:вс|воскресень\p{L}*|sun(?:day)?)$/u,
}

/** Parses «каждую неделю: пн, ср» and the like, in either language; null if not understood. */
export const readRepeat = (words: string): Repeat | null => {
  const text = normalizeLabel(words)
  if (once.test(text)) return { kind: 'once' }
  if (span.test(text)) return { kind: 'span' }
  const [, weekly] = everyWeek.exec(text) ?? []
  if (weekly) return inDays(1, weekly)
  const [, weeks, names] = everyWeeks.exec(text) ?? []
  if (weeks && names) return inDays(Number(weeks), names)
  const [, monthly] = everyMonth.exec(text) ?? []
  if (monthly) return { kind: 'monthly', every: 1, day: Number(monthly) }
  const [, months, day] = everyMonths.exec(text) ?? []
  return months && day ? { kind: 'monthly', every: Number(months), day: Number(day) } : null
}

const inDays = (every: number, names: string): Repeat | null => {
  const found = names
    .split(/[\s,;]+/)
    .filter((name) => !/^(?:и|and)?$/.test(name))
    .map((name) => weekdays.find((day) => dayNames[day].test(name)))
  const days = found.filter((day) => day !== undefined)
  return days.length > 0 && days.length === found.length ? { kind: 'weekly', every, days } : null
}

/** The document's form of a schedule; values missing from the other columns are left out. */
export const whenOf = (
  repeat: Repeat,
  { from, until, at }: { from?: string; until?: string; at?: string },
): Partial<Record<keyof Extract<When, { kind: 'weekly' }> | 'on' | 'day', unknown>> => {
  const time = at === undefined ? {} : { at }
  if (repeat.kind === 'once') return { kind: 'once', on: from, ...time }
  return { ...repeat, from, until, ...(repeat.kind === 'span' ? {} : time) }
}
