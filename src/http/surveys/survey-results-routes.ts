import { z } from 'zod'
import { maskWords } from '#features/surveys/mask.ts'
import { surveyResults } from '#features/surveys/results/results.ts'
import { singleAnswers } from '#features/surveys/results/single-answers.ts'
import { helpKinds } from '#regions/schema.ts'
import { supportLevels } from '#storage/families/families.ts'
import { codeSchema } from '#surveys/schema.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute } from '../staff-route.ts'
import { territoryCode } from '../territories.ts'
import { resultsSchema, singleSetSchema } from './survey-results-schemas.ts'

const params = z.strictObject({ code: codeSchema })

/** Five years are more than anybody compares. */
const mostMonths = 60
const month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'a month is YYYY-MM')
const placeOf = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5))

export const resultsQuery = z
  .strictObject({
    from: month,
    until: month.describe('The month is included'),
    territory: territoryCode.optional(),
    level: z.enum([...supportLevels, 'none']).optional(),
    helpKind: z.enum(helpKinds).optional(),
    curatorId: z.union([z.uuid(), z.literal('none')]).optional(),
    version: z
      .string()
      .regex(/^[1-9]\d{0,5}$/)
      .transform(Number)
      .optional()
      .describe('Only the questions that this version has; of all versions otherwise'),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], message: 'before the first month' })
  .refine(({ from, until }) => placeOf(until) - placeOf(from) < mostMonths, {
    path: ['until'],
    message: `${mostMonths} months at most`,
  })
  .refine(
    ({ level, helpKind, curatorId }) =>
      [level, helpKind, curatorId].filter((one) => one !== undefined).length < 2,
    { path: ['level'], message: 'one of level, helpKind and curatorId' },
  )

const cursor = cursorFor('survey-answers', z.strictObject({ week: z.iso.date(), id: z.uuid() }))

/** What families answered: in sum, and one by one for whoever may see that. */
export const serveSurveyResults = (api: Api): void => {
  readRoute(
    api,
    'GET /surveys/:code/results',
    'surveys:read',
    {
      operationId: 'getSurveyResults',
      tag: 'Surveys',
      summary: 'What was answered to a survey, in sum',
      description:
        'Whole months; with a territory, and one of level, kind of help and curator. What minors answered is in it for keys that ' +
        'have the scope `surveys:answers` too. Nothing is told of fewer than five families, nor what could be had of ' +
        'them by subtracting one figure from another.',
      params,
      query: resultsQuery,
      answer: resultsSchema,
    },
    async ({ deps, caller, params: { code }, query }) => {
      const { query: _, ...body } = await surveyResults(deps.database, {
        query: { code, ...query },
        reach: { territories: caller.territories, staffId: null },
        minors: caller.scopes.has('surveys:answers'),
        timeZone: deps.region.timeZone,
      })
      return { body }
    },
  )

  readRoute(
    api,
    'GET /surveys/:code/answers',
    'surveys:answers',
    {
      operationId: 'listSurveyAnswers',
      tag: 'Surveys',
      summary: 'Sets of answers without who sent them, the newest week first',
      description:
        'Only what was sent. Whoever allowed to be spoken to is named by ids. Every page is audited. Show it to no curator: ' +
        'it may be about them.',
      params,
      query: z.strictObject({ ...pageQuery, territory: territoryCode.optional() }),
      answer: pageOf(singleSetSchema).meta({ id: 'SurveyAnswerPage' }),
      localized: true,
      audited: true,
    },
    async ({ deps, caller, params: { code }, query: { limit, territory, ...query }, say, now }) => {
      const after = cursor.read(query.cursor)
      const asked = { code, caller, territory, after, limit, words: maskWords(say), now }
      const { items, next } = await singleAnswers(deps, asked)
      return {
        body: {
          items: items.map(({ invitationId: _, ...set }) => set),
          nextCursor: next && cursor.write(next),
        },
      }
    },
  )
}
