import { z } from 'zod'
import { cleanText } from '#core/words.ts'

/**
 * Surveys as data. What is kept, asked, shown and counted is a `Survey` with its words in it: a person's answers are to
 * the very words that they read. The product's own (`after-visit.ts` …) take theirs from `locales/`; the centre adds
 * more through the API.
 */

/** The most questions, and the longest time (s) that one may take: more is not finished by a tired parent. */
export const mostQuestions = 15
export const longestSeconds = 120
/** About how long a question takes whoever answers it (s). */
export const secondsFor = { scale: 7, 'yes-no': 5, one: 8, many: 12, ten: 7, text: 25 } as const

export const questionKinds = ['scale', 'yes-no', 'one', 'many', 'ten', 'text'] as const
export type QuestionKind = (typeof questionKinds)[number]

/** Of a survey, a question or an option. */
export const codeSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(32)
const line = z.string().overwrite(cleanText).min(1).max(300)

/** What a question says to an adult («вы»), and to a minor («ты»); to a minor as to an adult where it is left out. */
const spoken = z
  .strictObject({ adult: line, minor: line.optional().describe('Left out: as to an adult') })
  .meta({ id: 'SurveySpoken' })
/** Russian is spoken to everybody for whom there is no English. */
export const wordsSchema = z
  .strictObject({ ru: spoken, en: spoken.optional().describe('Left out: they read Russian') })
  .meta({ id: 'SurveyWords' })
export type Words = z.output<typeof wordsSchema>

/** Holds for the answer to an earlier question; for none that was passed over, or is off the path. */
const single = z.union([
  z.strictObject({ question: codeSchema, atMost: z.int().min(0).max(10) }),
  z.strictObject({ question: codeSchema, atLeast: z.int().min(0).max(10) }),
  /** Of `yes-no`: `yes` or `no`; of `one` and `many`: codes of options, any of which was chosen. */
  z.strictObject({ question: codeSchema, is: z.array(codeSchema).min(1).max(12) }),
])
const conditionSchema = z
  .union([single, z.strictObject({ any: z.array(single).min(2).max(6) })])
  .meta({ id: 'SurveyCondition', description: 'Holds for the answer to a question that comes before' })
export type SingleCondition = z.output<typeof single>
export type Condition = z.output<typeof conditionSchema>

const optionSchema = z.strictObject({ code: codeSchema, words: wordsSchema })

export const questionSchema = z.strictObject({
  code: codeSchema,
  /** The version in which it was last changed: answers to another wording are never counted together with these. */
  since: z.int().positive(),
  kind: z.enum(questionKinds),
  words: wordsSchema,
  /** Of `scale`: what 1, 2, 3, 4 and 5 say, for nobody is asked by digits or emoji alone. */
  scale: z.array(wordsSchema).length(5).optional(),
  /** Of `ten`: what 0 and 10 say. In the API's document every list has to say what is in it: `items`. */
  ends: z.tuple([wordsSchema, wordsSchema]).meta({ items: {} }).optional(),
  /** Of `one` and `many`. */
  options: z.array(optionSchema).min(2).max(8).optional(),
  /** May not be passed over; left out: it may, as every question of a survey should. */
  required: z.literal(true).optional(),
  showIf: conditionSchema.optional(),
  /** An answer at which somebody other than the curator is offered at once; about this very question. */
  rescue: z
    .union([
      z.strictObject({ atMost: z.int().min(1).max(4) }),
      z.strictObject({ is: z.array(codeSchema).min(1).max(4) }),
    ])
    .optional(),
})
export type Question = z.output<typeof questionSchema>

/** When members of a family are invited. */
const whenSchema = z.union([
  z.strictObject({ on: z.literal('visit') }),
  /** With the interim diagnosis (Stavropol 6.18). */
  z.strictObject({ on: z.literal('period'), months: z.int().min(1).max(12) }),
  z.strictObject({ on: z.literal('end') }),
  z.strictObject({ on: z.literal('after-end'), months: z.int().min(1).max(12) }),
  z.strictObject({ on: z.literal('hand') }),
])
export type When = z.output<typeof whenSchema>

const audiences = ['everyone', 'adults', 'minors'] as const

export const surveySchema = z.strictObject({
  code: codeSchema,
  /** From 1. */
  version: z.int().positive(),
  when: whenSchema,
  audience: z.enum(audiences),
  title: wordsSchema,
  /** In the order in which they are asked. */
  questions: z.array(questionSchema),
})
/** A survey as it is kept; that it can be asked at all is judged by features/surveys/judge.ts. */
export type Survey = z.output<typeof surveySchema>

/** What somebody answers to one question, as it is kept; all null, and no codes: it was passed over. */
export type Answer = {
  /** 1–5, 0–10, or 1 for yes and 0 for no. */
  number: number | null
  /** Of `one` (one of them) and `many`. */
  codes: string[]
  /** Of `text`. */
  text: string | null
}
export type Answers = ReadonlyMap<string, Answer>
