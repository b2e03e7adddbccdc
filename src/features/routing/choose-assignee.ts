import type { Language } from '#core/text.ts'
import type { DutyHours } from '#storage/staff/staff.ts'
import { onDuty } from './duty-hours.ts'

/** What of a request decides who gets it. */
export type AssignmentCriteria = {
  territory: string
  /** The applicant is a minor. */
  minor: boolean
  /** The language that the family reads. */
  language: Language
  /**
   * Ids of those who passed it on, or had it when it was escalated, whoever had it last at the end: they get it where
   * there is nobody else, in this order.
   */
  excluded: readonly string[]
  /** Ids of those who are not asked again at all: they have just given it up, or cannot be reached. */
  without: readonly string[]
  /** The zone in which duty hours are written. */
  timeZone: string
}

/** An active specialist who has joined, and what they have in hand: open requests, routed to them or claimed. */
export type Specialist = {
  id: string
  territories: readonly string[]
  languages: readonly string[]
  minorsTrained: boolean
  /** Null: no limit. */
  capacity: number | null
  dutyHours: DutyHours | null
  /** The end of the absence that has begun. */
  absentUntil: Date | null
  /** They cannot be written to: they have blocked the bot. */
  unreachable: boolean
  open: number
  openUrgent: number
  lastAssignedAt: Date | null
}

/** Why somebody cannot be given the request. */
const barriers = ['other-territory', 'absent', 'unreachable', 'full', 'excluded'] as const
type Barrier = (typeof barriers)[number]
/** By what one specialist comes after another, in the order in which it counts. */
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
/** By what the choice came before the next one; or there was no other, nobody at all, or a person has named them. */
export const choiceReasons = [...lags, 'only', 'nobody', 'named'] as const

/** `figure`: how many open requests, urgent ones, or the capacity, where `why` counts them. */
type NotChosen = { id: string; why: Barrier | Lag; figure?: number }

/** A decision as codes and figures: what is stored, and put into words elsewhere. */
export type ChoiceReason = {
  by: (typeof choiceReasons)[number]
  /** The choice's figure, where `by` counts something. */
  figure?: number
  others: NotChosen[]
}

export type AssigneeChoice = {
  /** Null: nobody can be given it, and the region's fallback group is told. */
  choice: string | null
  reason: ChoiceReason
  /** Who would come after the choice, in this order. */
  next: string[]
}

/**
 * Who gets a request. Never somebody who serves another territory (unless nobody serves this one), is absent, cannot be
 * written to or has no room; whoever had it already only where there is nobody else, and of those whoever had it longest ago: so it goes
 * round. Then: trained for minors, where a minor asks; the family's language; on duty; fewest open urgent; fewest open;
 * longest without a new one; the id, so that the same question always has the same answer.
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

/** One value for each of `lags`: the smaller comes first. */
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
