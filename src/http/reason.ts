import { z } from 'zod'
import type { Say } from '#core/text.ts'
import { explainDecision, parseReason } from '#features/routing/routing-reason.ts'
import { choiceReasons, rejectionReasons } from '#features/routing/choose-assignee.ts'

const figure = z.int().optional()

/** Explains a routing decision. */
export const reasonSchema = z
  .strictObject({
    by: z.enum(choiceReasons).describe('The rule that ranked the chosen member before the next one'),
    figure: figure.describe("The chosen member's value, if `by` is a count"),
    others: z
      .array(
        z.strictObject({
          id: z.uuid(),
          name: z.string(),
          why: z.enum(rejectionReasons),
          figure: figure.describe("The member's value or capacity, if `why` is a count"),
        }),
      )
      .describe('Why the other members were not chosen. Contains only members that the key can access.'),
    words: z
      .array(z.string())
      .describe('The same explanation as lines of text, in the language of `Accept-Language`'),
  })
  .meta({ id: 'RoutingReason' })

/** `names`: members that the caller can access, by id; all others are left out. */
export const toReason = (
  say: Say,
  decision: { staffId: string | null; reason: unknown },
  names: ReadonlyMap<string, string>,
): z.output<typeof reasonSchema> => {
  const { by, figure: count, others } = parseReason(decision.reason)
  return {
    by,
    ...(count !== undefined && { figure: count }),
    others: others.flatMap(({ id, why, figure: theirs }) => {
      const name = names.get(id)
      return name === undefined ? [] : [{ id, name, why, ...(theirs !== undefined && { figure: theirs }) }]
    }),
    words: explainDecision(decision, names).map(({ key, values }) => say.label(key, values)),
  }
}
