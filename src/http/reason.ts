import { z } from 'zod'
import type { Say } from '#core/text.ts'
import { explainDecision, parseReason } from '#features/routing/routing-reason.ts'
import { choiceReasons, rejectionReasons } from '#features/routing/choose-assignee.ts'

const figure = z.int().optional()

/** Why a request goes to whom it goes, as every answer shows it. */
export const reasonSchema = z
  .strictObject({
    by: z.enum(choiceReasons).describe('By what the choice came before the next one'),
    figure: figure.describe("The choice's count, where `by` counts something"),
    others: z
      .array(
        z.strictObject({
          id: z.uuid(),
          name: z.string(),
          why: z.enum(rejectionReasons),
          figure: figure.describe('Their count, or their capacity, where `why` counts something'),
        }),
      )
      .describe('Why it was none of the others; only members whom the key may see'),
    words: z.array(z.string()).describe('The same in words, a line each; `Accept-Language`: ru or en'),
  })
  .meta({ id: 'RoutingReason' })

/** `names` of those whom the caller may see, by id: the others are left out. */
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
