import { z } from 'zod'
import { dimensions } from '#features/surveys/results/survey-result.ts'
import { codeSchema, questionKinds, wordsSchema } from '#surveys/schema.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)
const month = z.string().regex(/^\d{4}-\d{2}$/)
const tooFew = 'null: suppressed (fewer than five families, or derivable by subtraction)'

const interval = z
  .strictObject({ from: z.number(), to: z.number() })
  .describe('95 % confidence interval')
  .meta({ id: 'SurveyInterval' })

const measure = z
  .strictObject({
    of: z.enum(['mean', 'share']).describe('`mean`: of a scale; `share`: of the answer yes, 0–1'),
    value: z.number(),
    interval: interval.nullable().describe("Student's t interval of a mean, Wilson interval of a share"),
  })
  .meta({ id: 'SurveyMeasure' })

const figure = z
  .strictObject({ n: count.describe('Number of answers'), measure: measure.nullable() })
  .nullable()
  .describe(tooFew)

const question = z
  .strictObject({
    code: codeSchema,
    since: z.int().describe('The version that last changed the question'),
    kind: z.enum(questionKinds),
    words: wordsSchema,
    answers: z
      .strictObject({
        n: count,
        passedOver: count,
        distribution: z.array(
          z.strictObject({
            value: z.int().describe('The number, or the index of the option, from 0'),
            code: z.string().nullable(),
            words: wordsSchema.nullable(),
            count,
            share: share.describe('Share of `n`; the sum can exceed 1 for questions of kind `many`'),
            interval,
          }),
        ),
        measure: measure.nullable(),
        median: z.number().nullable(),
      })
      .nullable()
      .describe(tooFew),
    trend: z.array(z.strictObject({ month, figure })),
  })
  .meta({ id: 'SurveyQuestionResult' })

export const resultsSchema = z
  .strictObject({
    code: codeSchema,
    version: z.int().describe('The newest version'),
    title: wordsSchema,
    minors: z
      .boolean()
      .describe('Whether answers of minors are included; requires the scope `surveys:answers`'),
    sets: count.nullable().describe(`Number of submitted answer sets; ${tooFew}`),
    funnel: z
      .strictObject({
        invited: count,
        opened: count,
        started: count,
        finished: count,
        medianSeconds: z
          .number()
          .nullable()
          .describe('Time from the first answer to submission, rounded to 10 s'),
        stopped: z
          .array(z.strictObject({ question: codeSchema, words: wordsSchema, count }))
          .describe('Unfinished answer sets, by the last answered question'),
      })
      .nullable()
      .describe('Counts invitations sent in the period'),
    questions: z.array(question),
    breakdowns: z.array(
      z.strictObject({
        by: z.enum(dimensions),
        cells: z.array(
          z.strictObject({
            code: z.string().describe('Code of the group; `none`: families without a value'),
            sets: count.nullable().describe(tooFew),
            figures: z.array(figure).describe('In the order of `questions`'),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'SurveyResults' })

export const singleSetSchema = z
  .strictObject({
    id: z.uuid().describe('Id of the set; cannot be traced to a person'),
    version: z.int(),
    week: z.iso.date().describe('Monday of the week of submission'),
    territory: z.string(),
    level: z.string().nullable(),
    minor: z.boolean(),
    curatorId: z
      .uuid()
      .nullable()
      .describe('The curator it is about; null if fewer than five families have answered about them'),
    familyId: z
      .uuid()
      .nullable()
      .describe('The family of the author; null unless they agreed to be contacted'),
    memberId: z.uuid().nullable(),
    answers: z.array(
      z.strictObject({
        question: codeSchema,
        since: z.int(),
        number: z.int().nullable(),
        codes: z.array(z.string()),
        text: z
          .string()
          .nullable()
          .describe('Masked: names, numbers and addresses are removed as far as they were detected'),
      }),
    ),
  })
  .meta({ id: 'SurveyAnswerSet' })
