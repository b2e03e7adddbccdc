import type { Say } from '#core/text.ts'
import type { CloseOutcome, DecisionWord } from '#features/requests/decision.ts'

// Sentences for a decision that staff may choose instead of writing them. The family reads them in its own language and form
// of address, so they are texts like all others.

/** By outcome and word, the codes of the texts. */
const codes: {
  readonly [Outcome in CloseOutcome]?: { readonly [Word in DecisionWord]?: readonly string[] }
} = {
  'support-agreed': { reason: ['together', 'many'] },
  refused: {
    reason: ['elsewhere', 'ordinary', 'papers'],
    instead: ['advice', 'services', 'again'],
  },
  'not-needed': { reason: ['managed', 'helped', 'twice'], instead: ['again', 'advice'] },
  'passed-on': { reason: ['special', 'near', 'place'], passed: ['asked', 'contact'] },
}

/** A sentence, and the short name of it for its button. */
export type Ready = { code: string; text: string; label: string }

export const readyWords = (
  { staff, family }: { staff: Say; family: Say },
  outcome: CloseOutcome,
  word: DecisionWord,
): Ready[] =>
  (codes[outcome]?.[word] ?? []).map((code) => ({
    code,
    text: family.label(`decide.ready.${outcome}.${word}.${code}`),
    label: staff.label(`decide.short.${outcome}.${word}.${code}`),
  }))

/** The text of a code; null for any other. */
export const readyText = (
  family: Say,
  outcome: CloseOutcome,
  word: DecisionWord,
  code: string,
): string | null =>
  readyWords({ staff: family, family }, outcome, word).find((one) => one.code === code)?.text ?? null
