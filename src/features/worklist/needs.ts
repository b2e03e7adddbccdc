import { dayAt } from '#features/deadlines/deadlines.ts'
import { type PathDeadline, pathOf } from '#features/families/path.ts'
import type { Region } from '#regions/schema.ts'
import { type CaseFacts, workingDaysSince } from './follow-up-rules.ts'

/** Why a case stands where it does in somebody's list, the most pressing first. */
export const needs = ['overdue', 'soon', 'unread', 'visit', 'still', 'none'] as const
export type Need = (typeof needs)[number]

export type CaseState = CaseFacts & {
  /** By when its family was promised that somebody reads or answers. */
  promisedAt: Date | null
  /** Whether there are words that nobody has read. */
  unread: boolean
  /** When today's visit begins. */
  visitAt: Date | null
}

export type CaseNeed = {
  need: Need
  /** The promised hour has passed. */
  late: boolean
  /** The nearest term. */
  deadline: PathDeadline | null
  /** By what it is sorted among its like. */
  due: Date
}

/** What a case needs of whoever is responsible, now. Pure. */
export const needOf = (region: Region, state: CaseState, now: Date): CaseNeed => {
  const { nearDays, stillDays, longStages } = region.followUp.value
  const { deadline } = pathOf(region, { ...state, closed: false }, now)
  const { promisedAt, unread, visitAt, actedAt, stage } = state
  const late = promisedAt !== null && promisedAt <= now
  const today = (moment: Date) => dayAt(moment, region.timeZone).equals(dayAt(now, region.timeZone))
  const need = ((): Need => {
    if (late || deadline?.overdue) return 'overdue'
    if ((promisedAt && today(promisedAt)) || (deadline && (deadline.near ?? deadline.daysLeft <= nearDays)))
      return 'soon'
    if (unread || promisedAt) return 'unread'
    if (visitAt) return 'visit'
    return !longStages.includes(stage) && workingDaysSince(region, actedAt, now) > stillDays
      ? 'still'
      : 'none'
  })()
  const moments = [promisedAt, deadline?.due.instant ?? null, visitAt].filter((one) => one !== null)
  const due = new Date(Math.min(...moments.map((one) => one.getTime()), farAhead))
  return { need, late, deadline, due }
}

const farAhead = Date.parse('9999-01-01')

/** The most pressing first; among the same, what is due first. Pure, and stable. */
export const byNeed = (a: CaseNeed, b: CaseNeed): number =>
  needs.indexOf(a.need) - needs.indexOf(b.need) || a.due.getTime() - b.due.getTime()
