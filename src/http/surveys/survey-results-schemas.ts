import { z } from 'zod'
import { dimensions } from '#features/surveys/results/survey-result.ts'
import { codeSchema, questionKinds, wordsSchema } from '#surveys/schema.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)
const month = z.string().regex(/^\d{4}-\d{2}$/)
const tooFew = 'null: fewer than five families, or they could be had by subtraction'

const interval = z
  .strictObject({ from: z.number(), to: z.number() })
  .describe('Of 95 %')
  .meta({ id: 'SurveyInterval' })

const measure = z
  .strictObject({
    of: z.enum(['mean', 'share']).describe('The mean of a scale, or how many (0–1) said yes'),
    value: z.number(),
    interval: interval.nullable().describe("Student's of a mean, Wilson's of a share"),
  })
  .meta({ id: 'SurveyMeasure' })

const figure = z
  .strictObject({ n: count.describe('Who answered'), measure: measure.nullable() })
  .nullable()
  .describe(tooFew)

const question = z
  .strictObject({
    code: codeSchema,
    since: z.int().describe('The version in which it was last changed'),
    kind: z.enum(questionKinds),
    words: wordsSchema,
    answers: z
      .strictObject({
        n: count,
        passedOver: count,
        distribution: z.array(
          z.strictObject({
            value: z.int().describe('The number, or the place of the option from 0'),
            code: z.string().nullable(),
            words: wordsSchema.nullable(),
            count,
            share: share.describe('Of n; the choices of `many` may be more than 1 together'),
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
    version: z.int().describe('The newest'),
    title: wordsSchema,
    minors: z.boolean().describe('What minors sent is in it: scope `surveys:answers`'),
    sets: count.nullable().describe(`How many sets of answers were sent; ${tooFew}`),
    funnel: z
      .strictObject({
        invited: count,
        opened: count,
        started: count,
        finished: count,
        medianSeconds: z.number().nullable().describe('From the first answer to sending, to ten seconds'),
        stopped: z
          .array(z.strictObject({ question: codeSchema, words: wordsSchema, count }))
          .describe('By the question that was answered last'),
      })
      .nullable()
      .describe('Of invitations that were told of in the period'),
    questions: z.array(question),
    breakdowns: z.array(
      z.strictObject({
        by: z.enum(dimensions),
        cells: z.array(
          z.strictObject({
            code: z.string().describe('`none`: families without'),
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
    id: z.uuid().describe('Of the set; it leads to nobody'),
    version: z.int(),
    week: z.iso.date().describe('Monday of the week in which it was sent'),
    territory: z.string(),
    level: z.string().nullable(),
    minor: z.boolean(),
    curatorId: z.uuid().nullable().describe('Whom it is about, where five families have answered about them'),
    familyId: z.uuid().nullable().describe('Who sent it, where they may be spoken to about it'),
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
          .describe('Without names, numbers and addresses, as far as they were found'),
      }),
    ),
  })
  .meta({ id: 'SurveyAnswerSet' })
