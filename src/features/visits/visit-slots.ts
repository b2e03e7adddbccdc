import type { Temporal } from 'temporal-polyfill'
import { isWorkingDay } from '#features/deadlines/working-days.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { intervalsOf } from '#features/routing/duty-hours.ts'
import { epochMsOf } from '#features/deadlines/working-time.ts'
import type { Calendar } from '#regions/days-off.ts'
import { type DutyHours, weekdays } from '#storage/staff/staff.ts'

type Span = { from: Date; until: Date }
export type CuratorSchedule = {
  /** Null: the default working hours. */
  dutyHours: DutyHours | null
  /** Other visits; travel time is kept free around them. */
  visits: readonly Span[]
  absences: readonly Span[]
}

const usualHours = ['09:00', '18:00'] as const
/** No visits at night, whatever the duty hours are. */
const [earliest, latest] = ['08:00', '20:00']
/** Travel time between families. */
export const travelMs = 30 * 60 * 1000
const stepMs = 60 * 60 * 1000
const daysAhead = 14
/** Days after the visit itself that are offered, too. */
const daysAfter = 7
/** Each day begins its choice at another of so many hours. */
const hoursApart = 3
/** Days that are offered because they come first. */
const soonest = 2
const mostADay = 2
const most = 8

/**
 * Finds free slots of a curator: working days from tomorrow on, for two weeks and until a week after the visit, within
 * duty hours and outside of visits and absences. At most 8: of the first days that have any, and of those nearest to
 * the visit's own time `not`, which itself is not offered. At most two a day, one before noon and one after it if
 * possible, at hours that differ from day to day. Ascending.
 */
export const freeSlots = (
  time: CuratorSchedule,
  { minutes, now, calendar, not }: { minutes: number; now: Date; calendar: Calendar; not?: Date },
): Date[] => {
  const { timeZone } = calendar
  const today = dayAt(now, timeZone)
  const visitIn = not ? today.until(dayAt(not, timeZone)).days : 0
  const ahead = Array.from({ length: Math.max(daysAhead, visitIn + daysAfter) }, (_, at) => at + 1)
  const found = ahead.flatMap((days) => {
    const slots = slotsOn(time, today.add({ days }), { minutes, calendar, not, turn: days - 1 })
    return slots.length > 0 ? [{ days, slots }] : []
  })
  const far = ({ days }: { days: number }) => Math.abs(days - visitIn)
  const later = found.slice(soonest).sort((a, b) => far(a) - far(b) || a.days - b.days)
  return [...found.slice(0, soonest), ...later]
    .flatMap(({ slots }) => slots)
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((start) => new Date(start))
}

type Wanted = { minutes: number; calendar: Calendar; not: Date | undefined; turn: number }

/** Free starts of a day, epoch ms. */
const slotsOn = (
  time: CuratorSchedule,
  day: Temporal.PlainDate,
  { minutes, calendar, not, turn }: Wanted,
): number[] => {
  if (!isWorkingDay(day, calendar)) return []
  const intervals = time.dutyHours
    ? intervalsOf(time.dutyHours, weekdays[day.dayOfWeek - 1] ?? 'mon')
    : [usualHours]
  const { timeZone } = calendar
  const noon = epochMsOf(day, '12:00', timeZone)
  const free = intervals
    .flatMap((hours) => {
      const [from, until] = inDaytime(hours)
      const end = epochMsOf(day, until, timeZone)
      const starts: number[] = []
      for (let start = epochMsOf(day, from, timeZone); start + minutes * 60_000 <= end; start += stepMs)
        if (start !== not?.getTime() && isFree(time, start, start + minutes * 60_000)) starts.push(start)
      return starts
    })
    .toSorted((a, b) => a - b)
  const mornings = free.filter((start) => start < noon)
  const morning = mornings[(turn % hoursApart) % mornings.length] ?? free[0]
  const afternoons = free.filter((start) => start >= noon && start !== morning)
  const afternoon = afternoons[(turn % hoursApart) % afternoons.length]
  return [morning, afternoon].filter((start) => start !== undefined).slice(0, mostADay)
}

/** Overnight hours are cut off in the evening. */
const inDaytime = ([from, until]: readonly [string, string]): readonly [string, string] => {
  const end = until <= from || until > latest ? latest : until
  return [from < earliest ? earliest : from, end]
}

const isFree = ({ visits, absences }: CuratorSchedule, start: number, end: number): boolean =>
  !visits.some(({ from, until }) => start < until.getTime() + travelMs && end > from.getTime() - travelMs) &&
  !absences.some(({ from, until }) => start < until.getTime() && end > from.getTime())
