import { z } from 'zod'
import { cleanText } from '#core/words.ts'

/**
 * Surveys as data. A stored `Survey` includes its wording, because an answer is only meaningful with the exact words
 * that the person read. Built-in surveys (`after-visit.ts` …) take their wording from `locales/`; the centre adds its
 * own through the API.
 */

/** Limits on questions and on completion time (s): a tired parent does not finish a longer survey. */
export const mostQuestions = 15
export const longestSeconds = 120
/** Options of one question. */
export const mostOptions = 8
/** Estimated time to answer one question (s). */
export const secondsFor = { scale: 7, 'yes-no': 5, one: 8, many: 12, ten: 7, text: 25 } as const

export const questionKinds = ['scale', 'yes-no', 'one', 'many', 'ten', 'text'] as const
export type QuestionKind = (typeof questionKinds)[number]

/** Code of a survey, a question or an option. */
export const codeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(32)
const line = z.string().overwrite(cleanText).min(1).max(300)

/** Wording for adults («вы») and for minors («ты»); without the latter, minors get the adult wording. */
const wordingSchema = z
  .strictObject({ adult: line, minor: line.optional().describe('Defaults to the wording for adults') })
  .meta({ id: 'SurveySpoken' })
/** Without English wording, everybody gets the Russian one. */
export const wordsSchema = z
  .strictObject({
    ru: wordingSchema,
    en: wordingSchema.optional().describe('Defaults to the Russian wording'),
  })
  .meta({ id: 'SurveyWords' })
export type Words = z.output<typeof wordsSchema>

/** Tests the answer to an earlier question; false if that question was skipped or is off the path. */
const single = z.union([
  z.strictObject({ question: codeSchema, atMost: z.int().min(0).max(10) }),
  z.strictObject({ question: codeSchema, atLeast: z.int().min(0).max(10) }),
  /** `yes` or `no` for `yes-no`; option codes for `one` and `many`, true if any of them was chosen. */
  z.strictObject({ question: codeSchema, is: z.array(codeSchema).min(1).max(12) }),
])
const conditionSchema = z
  .union([single, z.strictObject({ any: z.array(single).min(2).max(6) })])
  .meta({ id: 'SurveyCondition', description: 'Tests the answer to an earlier question' })
export type SingleCondition = z.output<typeof single>
export type Condition = z.output<typeof conditionSchema>

const optionSchema = z.strictObject({ code: codeSchema, words: wordsSchema })

export const questionSchema = z.strictObject({
  code: codeSchema,
  /** The version that last changed it: answers to different wordings are never aggregated together. */
  since: z.int().positive(),
  kind: z.enum(questionKinds),
  words: wordsSchema,
  /** For `scale`: labels of 1 to 5, because digits or emoji alone are ambiguous. */
  scale: z.array(wordsSchema).length(5).optional(),
  /** For `ten`: labels of 0 and 10. OpenAPI requires `items` on every array. */
  ends: z.tuple([wordsSchema, wordsSchema]).meta({ items: {} }).optional(),
  /** For `one` and `many`. */
  options: z.array(optionSchema).min(2).max(mostOptions).optional(),
  /** Cannot be skipped; omitted: it can, as is recommended for every question. */
  required: z.literal(true).optional(),
  showIf: conditionSchema.optional(),
  /** Answers to this question that immediately offer contact with somebody other than the curator. */
  rescue: z
    .union([
      z.strictObject({ atMost: z.int().min(1).max(4) }),
      z.strictObject({ is: z.array(codeSchema).min(1).max(4) }),
    ])
    .optional(),
})
export type Question = z.output<typeof questionSchema>

/** The event after which members of a family are invited. */
const whenSchema = z.union([
  z.strictObject({ on: z.literal('visit') }),
  /** With the interim diagnosis (Stavropol 6.18). */
  z.strictObject({ on: z.literal('period'), months: z.int().min(1).max(12) }),
  z.strictObject({ on: z.literal('end') }),
  z.strictObject({ on: z.literal('after-end'), months: z.int().min(1).max(12) }),
  z.strictObject({ on: z.literal('hand') }),
])
export type When = z.output<typeof whenSchema>
/** In the order in which they come. */
export const occasions = ['visit', 'period', 'end', 'after-end', 'hand'] as const satisfies When['on'][]

export const audiences = ['everyone', 'adults', 'minors'] as const

export const surveySchema = z.strictObject({
  code: codeSchema,
  /** From 1. */
  version: z.int().positive(),
  when: whenSchema,
  audience: z.enum(audiences),
  title: wordsSchema,
  /** In the order they are asked. */
  questions: z.array(questionSchema),
})
/** A stored survey; features/surveys/validate-survey.ts checks that it can be asked. */
export type Survey = z.output<typeof surveySchema>

/** A stored answer to one question; with both nulls and no codes, the question was skipped. */
export type Answer = {
  /** 1–5, 0–10, or 1 for yes and 0 for no. */
  number: number | null
  /** For `one` (exactly one) and `many`. */
  codes: string[]
  /** For `text`. */
  text: string | null
}
export type Answers = ReadonlyMap<string, Answer>
