import { type SupportLevel, supportLevels } from '#storage/families/families.ts'
import { type CloseOutcome, type DecisionWord, decisionRules } from './decision.ts'

// A decision that is being put together, a question at a time. Pure.

/** Left open for now. */
export const later = 'later'
export const draftLevels = [...supportLevels, later] as const

export type DecisionDraft = {
  outcome?: CloseOutcome | undefined
  level?: SupportLevel | typeof later | undefined
  curatorId?: string | undefined
} & { [Word in DecisionWord]?: string | undefined }

export type DecisionStep =
  | { ask: 'outcome' | 'level' | 'curator' }
  | { ask: 'word'; word: DecisionWord }
  | { ask: 'confirm' }

/** What is to be asked next; `confirm` once nothing is missing. */
export const nextDecisionStep = (draft: DecisionDraft): DecisionStep => {
  const { outcome, level, curatorId } = draft
  if (outcome === undefined) return { ask: 'outcome' }
  if (outcome === 'support-agreed') {
    if (level === undefined) return { ask: 'level' }
    if (curatorId === undefined) return { ask: 'curator' }
  }
  const word = decisionRules[outcome].required.find((one) => draft[one] === undefined)
  return word ? { ask: 'word', word } : { ask: 'confirm' }
}

/** The words that may be added to a decision that is complete without them. */
export const wordsToAdd = (outcome: CloseOutcome, draft: DecisionDraft): DecisionWord[] =>
  decisionRules[outcome].optional.filter((one) => draft[one] === undefined)

/** The draft without its last answer; null if there is none. */
export const stepBack = (draft: DecisionDraft): DecisionDraft | null => {
  const { outcome } = draft
  if (outcome === undefined) return null
  const { required, optional } = decisionRules[outcome]
  const order = ['outcome', 'level', 'curatorId', ...required, ...optional] as const
  const last = order.findLast((field) => draft[field] !== undefined)
  return Object.fromEntries(Object.entries(draft).filter(([field]) => field !== last))
}

/** The words of a draft. */
export const wordsOf = (draft: DecisionDraft, outcome: CloseOutcome): { [Word in DecisionWord]?: string } => {
  const { required, optional } = decisionRules[outcome]
  return Object.fromEntries(
    [...required, ...optional].flatMap((word) => (draft[word] === undefined ? [] : [[word, draft[word]]])),
  )
}
