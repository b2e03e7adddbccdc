import { z } from 'zod'
import type { RequestEvent } from '#storage/requests/request-events.ts'
import type { Sealer } from '#storage/seal.ts'

// What the centre answered to a request when it closed it, in words that its family reads.

export const closeOutcomes = ['support-agreed', 'refused', 'not-needed', 'passed-on'] as const
export type CloseOutcome = (typeof closeOutcomes)[number]

/** Maximum length of a text of a decision, in characters. */
export const longestDecisionText = 600

const text = z.string().min(1)

/** The words of a decision; none of them is a code. */
export const decisionWordsSchema = z.strictObject({
  /** Why: shown to the family as it is. */
  reason: text.optional(),
  /** What the family can do, or gets, although it was refused. */
  instead: text.optional(),
  /** Where help goes on, its phone, and what it helps with. */
  organisation: text.optional(),
  phone: text.optional(),
  help: text.optional(),
  /** What the organisation was told; without it, the family reads that nothing was. */
  passed: text.optional(),
})
export type DecisionWords = z.infer<typeof decisionWordsSchema>
export type DecisionWord = keyof DecisionWords

export const deciders = ['commission', 'specialist'] as const
export type Decider = (typeof deciders)[number]

const keptSchema = z.strictObject({ by: z.enum(deciders), words: decisionWordsSchema })

/** Who decides if nothing else is said, what the family must be told, and what it may be told besides. */
export const decisionRules: Record<
  CloseOutcome,
  { by: Decider; required: readonly DecisionWord[]; optional: readonly DecisionWord[] }
> = {
  'support-agreed': { by: 'commission', required: [], optional: ['reason'] },
  refused: { by: 'commission', required: ['reason', 'instead'], optional: [] },
  'not-needed': { by: 'specialist', required: ['reason'], optional: ['instead'] },
  'passed-on': {
    by: 'specialist',
    required: ['reason', 'organisation', 'phone'],
    optional: ['help', 'passed'],
  },
}

/** What is missing from the words of a decision, and what does not belong to this outcome. */
export const decisionProblems = (
  outcome: CloseOutcome,
  words: DecisionWords,
): { missing: DecisionWord[]; foreign: DecisionWord[] } => {
  const { required, optional } = decisionRules[outcome]
  const given = Object.keys(words).filter(
    (word) => words[word as DecisionWord] !== undefined,
  ) as DecisionWord[]
  return {
    missing: required.filter((word) => !given.includes(word)),
    foreign: given.filter((word) => !required.includes(word) && !optional.includes(word)),
  }
}

/** The answer that closed a request. */
export type Decision = { outcome: CloseOutcome; by: Decider; words: DecisionWords; at: Date }

const place = (requestId: string) => `request_events.text.${requestId}`

export const sealDecision = (
  sealer: Sealer,
  requestId: string,
  { by, words }: Pick<Decision, 'by' | 'words'>,
): string => sealer.sealJson({ by, words }, place(requestId))

/** Requests that were closed before words were asked for have an outcome only, one of them by another name. */
const earlierNames: Record<string, CloseOutcome> = { 'other-organisation': 'passed-on' }

/** The decision among the events of a request; null if it is not closed. */
export const decisionOf = (sealer: Sealer, events: readonly RequestEvent[]): Decision | null => {
  const closed = events.findLast(({ kind }) => kind === 'closed')
  if (!closed?.detail) return null
  const { detail, text: kept, at, requestId } = closed
  const outcome = closeOutcomes.find((one) => one === detail) ?? earlierNames[detail]
  if (!outcome) return null
  const { by, words } =
    kept === null
      ? { by: decisionRules[outcome].by, words: {} }
      : keptSchema.parse(
          sealer.openJson(kept, place(requestId), { by: decisionRules[outcome].by, words: {} }),
        )
  return { outcome, by, words, at }
}
