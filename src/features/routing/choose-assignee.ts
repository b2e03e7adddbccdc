import type { Language } from '#core/text.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { onDuty } from './duty-hours.ts'

/** The properties of a request that decide its assignee. */
export type AssignmentCriteria = {
  territory: string
  /** The applicant is a minor. */
  minor: boolean
  /** The family's language. */
  language: Language
  /**
   * Ids of staff who passed the request on, or had it when it was escalated, the most recent last. They get
   * it only if there is nobody else, in this order.
   */
  excluded: readonly string[]
  /** Ids of staff who are never chosen: they have just given the request up, or cannot be reached. */
  without: readonly string[]
  /** The time zone of duty hours. */
  timeZone: string
}

/** An active specialist who has joined, with their load: open requests, assigned to them or claimed. */
export type Specialist = {
  id: string
  territories: readonly string[]
  languages: readonly string[]
  minorsTrained: boolean
  /** Null: no limit. */
  capacity: number | null
  dutyHours: DutyHours | null
  /** The end of the current absence. */
  absentUntil: Date | null
  /** They have blocked the bot. */
  unreachable: boolean
  open: number
  openUrgent: number
  lastAssignedAt: Date | null
}

/** Reasons that rule a specialist out. */
const barriers = ['other-territory', 'absent', 'unreachable', 'full', 'excluded'] as const
type Barrier = (typeof barriers)[number]
/** Reasons that rank one specialist below another, in order of precedence. */
const lags = [
  'held-later',
  'not-trained',
  'other-language',
  'off-duty',
  'more-urgent',
  'more-open',
  'newer',
  'equal',
] as const
type Lag = (typeof lags)[number]

export const rejectionReasons = [...barriers, ...lags] as const
/**
 * What decided between the choice and the runner-up; or that there was one candidate, none at all, or a named
 * one.
 */
export const choiceReasons = [...lags, 'only', 'nobody', 'named'] as const

/** `figure`: the number of open or urgent requests, or the capacity, if `why` refers to one of them. */
type NotChosen = { id: string; why: Barrier | Lag; figure?: number }

/** A decision as codes and figures: it is stored like this, and put into words by the views. */
export type ChoiceReason = {
  by: (typeof choiceReasons)[number]
  /** The figure of the choice, if `by` refers to one. */
  figure?: number
  others: NotChosen[]
}

export type AssigneeChoice = {
  /** Null if nobody qualifies: the region's fallback group is notified. */
  choice: string | null
  reason: ChoiceReason
  /** The runners-up, in order. */
  next: string[]
}

/**
 * Chooses the assignee of a request. Rules out specialists who serve other territories (unless nobody serves
 * this one), are absent or unreachable, or have no capacity left. Former holders are considered only if there
 * is nobody else, the least recent first, so that a request rotates. The rest are ranked by: training for
 * minors, if the applicant is one; the family's language; being on duty; fewest open urgent requests; fewest
 * open requests; the longest time since their last assignment; their id, which makes the result
 * deterministic.
 */
export const chooseAssignee = (
  wanted: AssignmentCriteria,
  specialists: readonly Specialist[],
  now: Date,
): AssigneeChoice => {
  const served = specialists.some(({ territories }) => territories.includes(wanted.territory))
  const barred = new Map(specialists.map((one) => [one.id, barrierOf(wanted, one, served, now)]))
  const able = specialists.filter(({ id }) => barred.get(id) === null)
  const fresh = able.filter(({ id }) => !wanted.excluded.includes(id))
  const candidates = (fresh.length > 0 ? fresh : able)
    .map((one) => ({ one, rank: rankOf(wanted, one, now) }))
    .sort((a, b) => compare(a.rank, b.rank))
  const [first, second] = candidates
  const places = new Map(candidates.map(({ one }, index) => [one.id, index]))

  const others = specialists
    .filter(({ id }) => id !== first?.one.id)
    .map((one): NotChosen => {
      const barrier = barred.get(one.id)
      if (barrier) return { id: one.id, why: barrier, ...figureOf(barrier, one) }
      const found = candidates[places.get(one.id) ?? -1]
      if (!found || !first) return { id: one.id, why: 'excluded' }
      const why = lagOf(first.rank, found.rank)
      return { id: one.id, why, ...figureOf(why, one) }
    })
    .sort((a, b) => (places.get(a.id) ?? Infinity) - (places.get(b.id) ?? Infinity) || order(a.id, b.id))

  if (!first) return { choice: null, reason: { by: 'nobody', others }, next: [] }
  const by = second ? lagOf(first.rank, second.rank) : 'only'
  return {
    choice: first.one.id,
    reason: { by, ...figureOf(by, first.one), others },
    next: candidates.slice(1).map(({ one }) => one.id),
  }
}

const barrierOf = (
  wanted: AssignmentCriteria,
  one: Specialist,
  served: boolean,
  now: Date,
): Barrier | null => {
  if (served && !one.territories.includes(wanted.territory)) return 'other-territory'
  if (one.absentUntil !== null && one.absentUntil > now) return 'absent'
  if (one.unreachable) return 'unreachable'
  if (one.capacity !== null && one.open >= one.capacity) return 'full'
  return wanted.without.includes(one.id) ? 'excluded' : null
}

/** One value for each of `lags`; lower values rank first. */
const rankOf = (wanted: AssignmentCriteria, one: Specialist, now: Date): (number | string)[] => [
  wanted.excluded.indexOf(one.id),
  wanted.minor && !one.minorsTrained ? 1 : 0,
  one.languages.includes(wanted.language) ? 0 : 1,
  onDuty(one.dutyHours, now, wanted.timeZone) ? 0 : 1,
  one.openUrgent,
  one.open,
  one.lastAssignedAt?.getTime() ?? Number.NEGATIVE_INFINITY,
  one.id,
]

type Rank = ReturnType<typeof rankOf>

const compare = (a: Rank, b: Rank): number => {
  const at = a.findIndex((value, index) => value !== b[index])
  return at === -1 ? 0 : order(a[at], b[at])
}

const order = (a: number | string | undefined, b: number | string | undefined): number =>
  a === b || a === undefined || b === undefined ? 0 : a < b ? -1 : 1

const lagOf = (first: Rank, later: Rank): Lag =>
  lags[first.findIndex((value, index) => value !== later[index])] ?? 'equal'

const figureOf = (why: ChoiceReason['by'] | Barrier, one: Specialist): { figure?: number } => {
  if (why === 'full' && one.capacity !== null) return { figure: one.capacity }
  if (why === 'more-urgent') return { figure: one.openUrgent }
  return why === 'more-open' ? { figure: one.open } : {}
}
