import type { Reader } from '#storage/database.ts'
import type { RequestEvent } from '#storage/requests/request-events.ts'
import type { Request } from '#storage/requests/requests.ts'
import { decisionsOf, type RoutingDecision } from '#storage/routing/routing-decisions.ts'
import { findStaff } from '#storage/staff/staff.ts'

// «Прочитает Анна» names a person. When somebody else is to read it, the family learns it from us (ADR 0056).

/** An urgent request goes round every quarter of an hour: within this time (ms) of a change, the next one is no news. */
const seriesMs = 60 * 60_000

type Decided = Pick<RoutingDecision, 'at' | 'staffId'>

/** Numbers of the decisions, from 1, after which somebody else reads a request. Pure. */
const changes = (decisions: readonly Decided[]): { number: number; at: Date }[] =>
  decisions.flatMap(({ at, staffId }, index) =>
    index > 0 && staffId !== decisions[index - 1]?.staffId ? [{ number: index + 1, at }] : [],
  )

/** Which change a decision that has just been made is, if the family is told of it; null if they are not. Pure. */
export const changeToTell = (decisions: readonly Decided[]): number | null => {
  const made = changes(decisions)
  const last = made.at(-1)
  if (!last || last.number !== decisions.length) return null
  const before = made.at(-2)
  return before && last.at.getTime() - before.at.getTime() < seriesMs ? null : last.number
}

/**
 * Whether what a notice would say is still so: the request waits, and its reader has not changed again so long after that
 * another notice is on its way.
 */
export const isChangeNews = async (
  reader: Reader,
  { id, status }: Pick<Request, 'id' | 'status'>,
  change: number,
): Promise<boolean> => {
  if (status !== 'submitted') return false
  const decisions = await decisionsOf(reader, id)
  return !changes(decisions).some(
    ({ number }) => number > change && changeToTell(decisions.slice(0, number)) !== null,
  )
}

/**
 * Whom the family of a waiting request read of before, in place of whoever has it now; null if it is the same person, or
 * nobody. They are to learn no name of theirs: for somebody who wrote about another family, null.
 */
export const formerReader = async (
  reader: Reader,
  request: Pick<Request, 'status' | 'applicant' | 'assignedToId'>,
  events: readonly Pick<RequestEvent, 'kind' | 'staffId'>[],
): Promise<string | null> => {
  if (request.status !== 'submitted' || request.applicant === 'other-person') return null
  const held = events.filter(({ kind }) => kind === 'assigned' || kind === 'claimed')
  const last = held.findLast(({ staffId }) => staffId !== null && staffId !== request.assignedToId)
  return last?.staffId ? ((await findStaff(reader, last.staffId))?.name ?? null) : null
}
