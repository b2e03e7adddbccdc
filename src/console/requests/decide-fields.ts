import { z } from 'zod'
import { cleanText, countCharacters } from '#core/words.ts'
import { lacksLevelReason } from '#dialogue/requests/decide-signs.ts'
import { readyText } from '#dialogue/requests/ready-words-view.ts'
import { longestLevelReason } from '#features/levels/decide-level.ts'
import {
  type CloseOutcome,
  closeOutcomes,
  type DecisionWord,
  deciders,
  decisionRules,
  longestDecisionText,
} from '#features/requests/decision.ts'
import { draftLevels, later } from '#features/requests/decision-draft.ts'
import type { Say } from '#core/text.ts'
import type { Region } from '#regions/schema.ts'

const word = z.string().overwrite(cleanText).default('')
const code = z.string().max(64).default('')
const words = [
  'reason',
  'instead',
  'organisation',
  'phone',
  'help',
  'passed',
] as const satisfies readonly DecisionWord[]

/** A decision as the form sends it: what is missing is asked for, and nothing of it is lost. */
export const decideFields = z.object({
  revision: z.coerce.number().int().min(0),
  outcome: z.enum(closeOutcomes),
  by: z.enum(deciders).optional(),
  level: z.enum(draftLevels).optional(),
  levelReason: word,
  sign: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given) => [given].flat().slice(0, 60)),
  curator: z.union([z.uuid(), z.literal(later)]).optional(),
  ...(Object.fromEntries(words.map((name) => [name, word])) as Record<DecisionWord, typeof word>),
  reasonReady: code,
  insteadReady: code,
  passedReady: code,
})
export type DecideFields = z.output<typeof decideFields>

/** The words of an outcome that are asked for: those that are needed first. */
export const wordsOfOutcome = (outcome: CloseOutcome): { word: DecisionWord; required: boolean }[] => {
  const { required, optional } = decisionRules[outcome]
  return [
    ...required.map((one) => ({ word: one, required: true })),
    ...optional.map((one) => ({ word: one, required: false })),
  ]
}

/** The words as they would be read: what was written, or else the sentence that was chosen. */
export const wordsIn = (fields: DecideFields, family: Say): { [Word in DecisionWord]?: string } =>
  Object.fromEntries(
    wordsOfOutcome(fields.outcome).flatMap(({ word: name }) => {
      const chosen = { reason: fields.reasonReady, instead: fields.insteadReady, passed: fields.passedReady }
      const ready = name in chosen ? chosen[name as keyof typeof chosen] : ''
      const text = fields[name] || readyText(family, fields.outcome, name, ready)
      return text ? [[name, text]] : []
    }),
  )

export type DecideProblem = 'level' | 'levelReason' | 'curator' | 'tooLong' | DecisionWord

/** What is still missing, or too long. Pure. */
export const problemsOf = (fields: DecideFields, family: Say, region: Region): DecideProblem[] => {
  const { outcome, level, sign: ticked, curator } = fields
  const given = wordsIn(fields, family)
  const accepts = outcome === 'support-agreed'
  const levelReason = fields.levelReason === '' ? undefined : fields.levelReason
  const long =
    Object.values(given).some((text) => countCharacters(text) > longestDecisionText) ||
    countCharacters(fields.levelReason) > longestLevelReason
  return [
    ...(accepts && level === undefined ? ['level' as const] : []),
    ...(accepts && ticked.length > 0 && lacksLevelReason({ level, ticked, levelReason }, region)
      ? ['levelReason' as const]
      : []),
    ...(accepts && curator === undefined ? ['curator' as const] : []),
    ...decisionRules[outcome].required.filter((name) => given[name] === undefined),
    ...(long ? ['tooLong' as const] : []),
  ]
}
