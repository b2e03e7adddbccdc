import { z } from 'zod'
import type { Values } from '#core/text.ts'
import type { RoutingDecision } from '#storage/routing/routing-decisions.ts'
import { choiceReasons, rejectionReasons } from './choose-assignee.ts'

/** A key of `locales/*` and its values: one line of a decision, to be rendered by a view. */
export type Phrase = { key: string; values: Values }

const figure = z.int().optional()
const reasonSchema = z.object({
  by: z.enum(choiceReasons),
  figure,
  others: z.array(z.object({ id: z.string(), why: z.enum(rejectionReasons), figure })),
})

export const parseReason = (reason: unknown) => reasonSchema.parse(reason)

/**
 * Explains why this member, or the fallback group, was chosen: «меньше открытых дел: 2». Takes a stored or a
 * new decision.
 */
export const explainChoice = ({ reason }: { reason: unknown }): Phrase => {
  const { by, figure: count } = parseReason(reason)
  return { key: `routing.by.${by}`, values: figureIn(count) }
}

/**
 * Explains the whole decision, one line each: the choice with its reason, and why each of the others was not
 * chosen. `names` maps ids to names; unknown ids are left out.
 */
export const explainDecision = (
  decision: Pick<RoutingDecision, 'staffId' | 'reason'>,
  names: ReadonlyMap<string, string>,
): Phrase[] => {
  const { others } = parseReason(decision.reason)
  const name = names.get(decision.staffId ?? '')
  const first =
    name === undefined ? { key: 'routing.group', values: {} } : { key: 'routing.chosen', values: { name } }
  const rest = others.flatMap(({ id, why, figure: count }): Phrase[] => {
    const other = names.get(id)
    if (other === undefined) return []
    return [explainRejection(why, other, count)]
  })
  return [first, explainChoice(decision), ...rest]
}

/** `complaint` and `not-joined` are no reasons of a decision: it did not consider them. */
export const explainRejection = (
  why: (typeof rejectionReasons)[number] | 'complaint' | 'not-joined',
  name: string,
  count: number | undefined,
): Phrase => {
  if (why !== 'full') return { key: `routing.not.${why}`, values: { name, ...figureIn(count) } }
  return count === 0
    ? { key: 'routing.not.closed', values: { name } }
    : { key: 'routing.not.full', values: { name, count: count ?? 0 } }
}

const figureIn = (count: number | undefined): Values => (count === undefined ? {} : { figure: count })
