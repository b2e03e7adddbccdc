import { Temporal } from 'temporal-polyfill'
import type { ActivityStatus } from '#storage/plan/activities.ts'
import type { PlannedActivity } from './plan-document.ts'
import { daysOf, nextDay } from './recurrence.ts'

/** An activity of the plan, with the data kept across versions. */
export type Tracked = PlannedActivity & {
  id: string
  /** As reported by staff. */
  status: ActivityStatus
}

export const stretches = ['week', 'later', 'done', 'past'] as const
/** This week; later; done according to staff; or past without a report, or cancelled. */
export type Stretch = (typeof stretches)[number]

export type Placed = {
  activity: Tracked
  /** The next day, or the last one if it is over. */
  day: Temporal.PlainDate
}

export type Progress = {
  /** Without cancelled ones. */
  total: number
  done: number
  /** Upcoming ones sorted by next day; past ones by last day, latest first. */
  by: Readonly<Record<Stretch, readonly Placed[]>>
  /** Kinds of help, ordered by their first activity. */
  kinds: ReadonlyMap<PlannedActivity['kind'], { total: number; done: number }>
}

/** Calculates a plan's progress on `today`, a calendar day of the region; weeks end on Sunday. */
export const progressOf = (activities: readonly Tracked[], today: Temporal.PlainDate): Progress => {
  const by: Record<Stretch, Placed[]> = { week: [], later: [], done: [], past: [] }
  const kinds = new Map<PlannedActivity['kind'], { total: number; done: number }>()
  const sunday = today.add({ days: 7 - today.dayOfWeek })
  for (const activity of activities) {
    const { stretch, day } = placeOf(activity, today, sunday)
    by[stretch].push({ activity, day })
    if (activity.status === 'cancelled') continue
    const { total, done } = kinds.get(activity.kind) ?? { total: 0, done: 0 }
    kinds.set(activity.kind, { total: total + 1, done: done + (activity.status === 'done' ? 1 : 0) })
  }
  for (const stretch of ['week', 'later'] as const) by[stretch].sort(inTime)
  for (const stretch of ['done', 'past'] as const) by[stretch].sort((a, b) => inTime(b, a))
  const counted = [...kinds.values()]
  return {
    total: counted.reduce((sum, { total }) => sum + total, 0),
    done: counted.reduce((sum, { done }) => sum + done, 0),
    by,
    kinds,
  }
}

const placeOf = (
  { status, when }: Tracked,
  today: Temporal.PlainDate,
  sunday: Temporal.PlainDate,
): { stretch: Stretch; day: Temporal.PlainDate } => {
  const last = daysOf(when)?.last ?? today
  if (status === 'done') return { stretch: 'done', day: last }
  const next = status === 'planned' ? nextDay(when, today) : null
  if (next === null) return { stretch: 'past', day: last }
  return { stretch: Temporal.PlainDate.compare(next, sunday) <= 0 ? 'week' : 'later', day: next }
}

const inTime = (a: Placed, b: Placed): number =>
  Temporal.PlainDate.compare(a.day, b.day) || timeOf(a).localeCompare(timeOf(b))

const timeOf = ({ activity: { when } }: Placed): string => ('at' in when && when.at) || ''
