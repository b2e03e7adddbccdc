import { z } from 'zod'
import {
  type CloseOutcome,
  closeOutcomes,
  deciders,
  decisionProblems,
  longestDecisionText,
} from '#features/requests/decision.ts'
import { freeText } from '../free-text.ts'

const words = freeText(longestDecisionText)

/** The answer to a request, as its family reads it. */
export const decisionSchema = z
  .strictObject({
    by: z
      .enum(deciders)
      .optional()
      .describe(
        'Who decided; by default the commission for `support-agreed` and `refused`, else the specialist',
      ),
    reason: words.optional().describe('Why. Required, except with `support-agreed`'),
    instead: words
      .optional()
      .describe('With `refused` (required) and `not-needed`: what the family can do now'),
    organisation: words.optional().describe('With `passed-on`, required: who helps from here'),
    phone: freeText(64).optional().describe('With `passed-on`, required: its phone'),
    help: words.optional().describe('With `passed-on`: what it helps with'),
    passed: words
      .optional()
      .describe(
        'With `passed-on`: what it was told about the family. Without it, the family reads that nothing was',
      ),
  })
  .meta({
    id: 'RequestDecision',
    description: 'What the family is told. Write to them: plainly, without codes.',
  })

export const outcomeSchema = z.enum(closeOutcomes)

/** Reports every text that the outcome needs, and every one that it does not have. */
export const checkDecision = (
  outcome: CloseOutcome | undefined,
  { by: _, ...given }: z.output<typeof decisionSchema>,
  context: z.RefinementCtx,
): void => {
  if (outcome === undefined) return
  const { missing, foreign } = decisionProblems(outcome, given)
  for (const field of missing)
    context.addIssue({
      code: 'custom',
      path: ['decision', field],
      message: `is required with \`${outcome}\``,
    })
  for (const field of foreign)
    context.addIssue({ code: 'custom', path: ['decision', field], message: `is not part of \`${outcome}\`` })
}
